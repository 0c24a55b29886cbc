import { BASE_PATH } from '../../functions/contract/define-route.ts';
import type { SessionView } from '../../functions/contract/session-view.ts';
import { isDataOf, isEnvelope, isMessage, isOpenedSession } from './answers.ts';
import { type Envelope, endOfSession, Failure, failureOf } from './failure.ts';
import type { DataOf, GetPath, ParamsOf, PostPath } from './routes.ts';

/** Longer than the gateway waits, so that its answer comes first. */
const TIMEOUT_MS = 35_000;
const UNREACHABLE = 'The API could not be reached. Check the connection.';

/** An answer as it came, whosever it is. */
interface Received {
  http: number;
  text: string;
  /** The gateway's; empty when it came from elsewhere. */
  requestId: string;
}

const request = async (path: string, init: RequestInit): Promise<Received> => {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(`${BASE_PATH}/${path}`, { ...init, signal });
    const requestId = response.headers.get('apigw-requestid') ?? '';
    return { http: response.status, text: await response.text(), requestId };
  } catch {
    throw new Failure(UNREACHABLE);
  }
};

const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * Takes an answer apart, of whatever status.
 *
 * @param pick takes out of it what is relied on; undefined when it is not there
 * @throws Failure in the API's words when it was not done; in ours when the answer is none of the API's, or of another release
 */
const takenOut = <Value>(
  { http, text, requestId }: Received,
  pick: (answer: Envelope) => Value | undefined,
): Value => {
  const answer = jsonIn(text);
  const notUnderstood = `This page does not understand the answer (HTTP ${http}). If that stays so, reload it.`;
  if (!isEnvelope(answer)) {
    throw new Failure(isMessage(answer) ? answer.message : notUnderstood, { request_id: requestId });
  }
  const value = pick(answer);
  if (value !== undefined) return value;
  if (!isDone(answer)) throw new Failure(answer.message, answer);
  throw new Failure(notUnderstood, { request_id: answer.request_id });
};

const isDone = ({ status }: Envelope): boolean => status === 'action-successful';

/** Sends it once more when no answer came: the key keeps what it does from being done twice. */
const post = async (path: string, body: string): Promise<Received> => {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body,
  };
  return request(path, init).catch(() => request(path, init));
};

/** Text of any length in base64 of its UTF-8, as sensitive routes take their parameters. */
const base64 = (text: string): string =>
  btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));

/**
 * Opens a session, also for somebody without any role: what it may do shows by its roles.
 *
 * @throws Failure
 */
export const signIn = async (params: ParamsOf<'sessions/create'>): Promise<SessionView> =>
  takenOut(await post('sessions/create', base64(JSON.stringify(params))), ({ session }) =>
    isOpenedSession(session) ? session : undefined,
  );

/** The API for whoever has that token, which goes into a header or a body and never into an address. */
export interface Api {
  get<Path extends GetPath>(path: Path, params: ParamsOf<Path>): Promise<DataOf<Path>>;
  post<Path extends PostPath>(path: Path, params: ParamsOf<Path>): Promise<void>;
}

/** @param onFailure hears of each request that was not done, before whoever sent it does */
export const apiFor = (token: string, onFailure: (failure: Failure) => void): Api => {
  const telling = async <Value>(act: () => Promise<Value>): Promise<Value> => {
    try {
      return await act();
    } catch (error) {
      const failure = failureOf(error);
      onFailure(failure);
      throw failure;
    }
  };

  return {
    get: (path, params) =>
      telling(async () => {
        // What a query string holds is text, and so the types of its parameters say.
        const query = new URLSearchParams(params as Record<string, string>);
        const received = await request(`${path}?${query}`, { headers: { authorization: `Bearer ${token}` } });
        return takenOut(received, (answer) =>
          isDone(answer) && isDataOf[path](answer.data) ? answer.data : undefined,
        );
      }),
    post: (path, params) =>
      telling(async () => {
        // In the body, since a body has to hold something, and that of `sessions/destroy` holds nothing else.
        const received = await post(path, JSON.stringify({ token, ...(params as object) }));
        takenOut(received, (answer) => isDone(answer) || undefined);
      }),
  };
};

/**
 * Ends the session of whoever has that API.
 *
 * @returns what is left to say: nothing, or that it could not be ended
 */
export const endSession = (api: Api): Promise<string> =>
  api.post('sessions/destroy', {}).then(
    () => '',
    (failure: Failure) => (endOfSession(failure) === undefined ? LEFT_OPEN : ''),
  );

const LEFT_OPEN =
  ' The session could not be ended at the API: it ends there when it is unused for three days.';
