import type { IncomingMessage } from 'node:http';
import type { Response } from './http-api-response.ts';
import type { Cors } from './template.ts';

/** Whether a browser asks before it sends a request from another origin; HTTP APIs with CORS answer that themselves. */
export const isPreflight = ({ method, headers }: IncomingMessage): boolean =>
  method === 'OPTIONS' &&
  headers.origin !== undefined &&
  headers['access-control-request-method'] !== undefined;

/** `origin` if it may call, `*` if all may, else undefined. */
const allowedOrigin = ({ AllowOrigins }: Cors, origin: string | undefined): string | undefined => {
  if (origin === undefined) return undefined;
  if (AllowOrigins.includes('*')) return '*';
  const schemeOnly = origin.startsWith('https://') ? 'https://*' : 'http://*';
  return AllowOrigins.some((allowed) => allowed === origin || allowed === schemeOnly) ? origin : undefined;
};

const originHeaders = (cors: Cors, origin: string): Record<string, string> => ({
  'access-control-allow-origin': origin,
  ...(cors.AllowCredentials && { 'access-control-allow-credentials': 'true' }),
});

/**
 * The answer to a preflight request, without any CORS header when the origin may not call.
 *
 * Source, also for `withCors`: "Configure CORS for HTTP APIs in API Gateway" in the API Gateway developer guide.
 */
export const preflightResponse = (cors: Cors, request: IncomingMessage): Response => {
  const origin = allowedOrigin(cors, request.headers.origin);
  if (origin === undefined) return { status: 204, headers: {}, body: '' };
  const { AllowMethods, AllowHeaders, MaxAge } = cors;
  return {
    status: 204,
    headers: {
      ...originHeaders(cors, origin),
      ...(AllowMethods.length > 0 && { 'access-control-allow-methods': AllowMethods.join(',') }),
      ...(AllowHeaders.length > 0 && { 'access-control-allow-headers': AllowHeaders.join(',') }),
      ...(MaxAge !== undefined && { 'access-control-max-age': String(MaxAge) }),
    },
    body: '',
  };
};

/** The response with the CORS headers that its template asks for, and none that the function may have set. */
export const withCors = (cors: Cors, request: IncomingMessage, response: Response): Response => {
  const origin = allowedOrigin(cors, request.headers.origin);
  const own = Object.entries(response.headers).filter(([name]) => !name.startsWith('access-control-'));
  const { ExposeHeaders } = cors;
  return {
    ...response,
    headers: {
      ...Object.fromEntries(own),
      ...(origin !== undefined && {
        ...originHeaders(cors, origin),
        ...(ExposeHeaders.length > 0 && { 'access-control-expose-headers': ExposeHeaders.join(',') }),
      }),
    },
  };
};
