import { BASE_PATH } from '../functions/contract/define-route.ts';
import type { SessionView } from '../functions/contract/session-view.ts';
import { type Envelope, Failure } from './failure.ts';
import type { DataOf, GetPath, ParamsOf, PostPath } from './routes.ts';

/** Longer than the gateway waits, so that its answer comes first. */
const TIMEOUT_MS = 35_000;
const UNREACHABLE = 'The API could not be reached. Check the connection.';

const request = async (path: string, init: RequestInit): Promise<Response> => {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    return await fetch(`${BASE_PATH}/${path}`, { ...init, signal });
  } catch {
    throw new Failure(UNREACHABLE);
  }
};

/** Reads an answer, of whatever status. What is in no envelope is of the gateway: too many requests, or no function. */
const envelopeOf = async <Data>(response: Response): Promise<Envelope<Data, SessionView>> => {
  const answer = await response.json().catch(() => ({}));
  if (answer.status !== undefined) return answer;
  const { message = UNREACHABLE } = answer;
  throw new Failure(message, { request_id: response.headers.get('apigw-requestid') ?? '' });
};

const doneOrThrow = <Data>(answer: Envelope<Data, SessionView>): Envelope<Data, SessionView> => {
  if (answer.status === 'action-successful') return answer;
  throw new Failure(answer.message, answer);
};

/** Sends it once more when no answer came: the key keeps what it does from being done twice. */
const post = async (path: string, body: string): Promise<Response> => {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body,
  };
  return request(path, init).catch(() => request(path, init));
};

/** Text in base64 of its UTF-8, as sensitive routes take their parameters. */
const base64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

/**
 * Opens a session, also for somebody without any role: what it may do shows by its roles.
 *
 * @throws Failure
 */
export const signIn = async (params: ParamsOf<'sessions/create'>): Promise<SessionView> => {
  const response = await post('sessions/create', base64(JSON.stringify(params)));
  const answer = await envelopeOf<DataOf<'sessions/create'>>(response);
  return answer.session ?? doneOrThrow(answer).session ?? fail();
};

const fail = (): never => {
  throw new Failure('The API opened no session.');
};

/** The API for whoever has that token, which goes into a header or a body and never into an address. */
export interface Api {
  get<Path extends GetPath>(path: Path, params: ParamsOf<Path>): Promise<DataOf<Path>>;
  post<Path extends PostPath>(path: Path, params: ParamsOf<Path>): Promise<DataOf<Path>>;
}

/** @param onFailure hears of each request that was not done, before whoever sent it does */
export const apiFor = (token: string, onFailure: (failure: Failure) => void): Api => {
  const headers = { authorization: `Bearer ${token}` };

  const dataOf = async <Data>(sent: Promise<Response>): Promise<Data> => {
    try {
      return doneOrThrow(await envelopeOf<Data>(await sent)).data as Data;
    } catch (error) {
      onFailure(error as Failure);
      throw error;
    }
  };

  return {
    // What a query string holds is text, and so the types of its parameters say.
    get: (path, params) =>
      dataOf(request(`${path}?${new URLSearchParams(params as Record<string, string>)}`, { headers })),
    // In the body, since a body has to hold something, and that of `sessions/destroy` holds nothing else.
    post: (path, params) => dataOf(post(path, JSON.stringify({ token, ...(params as object) }))),
  };
};
