import type { RouteFacts } from './table.ts';

/** A request as it is sent, as often as it takes. */
export interface Request {
  url: string;
  init: RequestInit;
  /** Of a `POST`. */
  key: string | undefined;
}

/** A key of 128 random bits. Unlike `crypto.randomUUID`, this is there on pages without TLS as well. */
const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );

/** Text of any length in base64 of its UTF-8, as sensitive routes take their parameters. */
const base64 = (text: string): string =>
  btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));

/** Parameters in a query string, lists by commas; what is undefined is left out, as JSON does. */
const queryOf = (params: object): string => {
  const given = Object.entries(params).filter(([, value]) => value !== undefined);
  const query = new URLSearchParams(Object.fromEntries(given.map(([name, value]) => [name, String(value)])));
  return given.length === 0 ? '' : `?${query}`;
};

/** @throws TypeError for what no header can carry, which would look as if the API was not reached */
const sendable = (name: string, value: string): string => {
  if (/[^\x20-\x7e]/.test(value)) throw new TypeError(`${name} must be of visible ASCII characters`);
  return value;
};

/**
 * Makes the request of a route.
 *
 * @param url the route's, without parameters
 * @param token goes into a header or a body, and never into an address
 * @throws TypeError when the token or the key is nothing that a request can carry
 */
export const requestOf = (
  { method, sensitive, open }: RouteFacts,
  url: string,
  params: object,
  { token, key = newKey() }: { token: string | undefined; key: string | undefined },
): Request => {
  // A redirection would take a token to wherever it leads.
  const redirect = 'error';
  const given = open ? undefined : token;
  if (method === 'GET') {
    const bearer = given !== undefined && {
      headers: { authorization: `Bearer ${sendable('token', given)}` },
    };
    return { url: url + queryOf(params), init: { ...bearer, redirect }, key: undefined };
  }
  // In the body, which has to hold something: that of `sessions/destroy` holds nothing else.
  const json = JSON.stringify({ ...params, token: given });
  const headers = { 'content-type': 'application/json', 'idempotency-key': sendable('idempotencyKey', key) };
  return { url, init: { method, headers, redirect, body: sensitive ? base64(json) : json }, key };
};
