import {
  type Answer,
  type Client,
  createClient,
  PlanoError,
  type Session,
  type SessionAnswer,
} from '../../client/src/index.ts';
import { isOpenedSession } from './checks.ts';
import { endOfSession, type Failure, failureOf, notUnderstood } from './failure.ts';

/**
 * Somebody waits: what has failed is tried once more, and what the API wants to be left alone for half a minute, such as a route
 * that is withdrawn, is said at once. A function answers within 15 seconds.
 */
const PATIENCE = { retries: 1, budgetMs: 30_000 };

const clientOf = (token: string | undefined): Client => createClient({ baseUrl: '', token, ...PATIENCE });

/**
 * Opens a session, also for somebody without any role: what it may do shows by its roles.
 *
 * @throws Failure, PlanoError, NoAnswerError
 */
export const openSession = async (
  ask: (client: Client) => Promise<SessionAnswer<unknown>>,
): Promise<Session> => {
  const answer = await ask(clientOf(undefined)).catch((error: unknown) => {
    if (error instanceof PlanoError && error.status === 'client-required') return error;
    throw error;
  });
  if (!isOpenedSession(answer.session)) throw notUnderstood(answer);
  return answer.session;
};

/** The API for whoever is signed in, or for anybody. */
export interface Api {
  /**
   * What the API answers, if it is what the page relies on.
   *
   * @throws Failure
   */
  read<Data>(
    ask: (client: Client) => Promise<Answer<Data>>,
    isUnderstood: (data: unknown) => data is Data,
  ): Promise<Data>;
  /**
   * Has something done, of whose answer nothing is relied on.
   *
   * @throws Failure
   */
  act(ask: (client: Client) => Promise<unknown>): Promise<void>;
}

/**
 * @param token of a session; undefined for what needs none
 * @param onFailure hears of each request that was not done, before whoever sent it does
 */
export const apiFor = (token: string | undefined, onFailure: (failure: Failure) => void = () => {}): Api => {
  const client = clientOf(token);
  const telling = (error: unknown): never => {
    const failure = failureOf(error);
    onFailure(failure);
    throw failure;
  };

  return {
    read: async (ask, isUnderstood) => {
      const answer = await ask(client).catch(telling);
      if (!isUnderstood(answer.data)) throw notUnderstood(answer);
      return answer.data;
    },
    act: async (ask) => {
      await ask(client).catch(telling);
    },
  };
};

/**
 * Ends the session of whoever has that API.
 *
 * @returns what is left to say: nothing, or that it could not be ended
 */
export const endSession = (api: Api): Promise<string> =>
  api
    .act((client) => client.sessions.destroy())
    .then(
      () => '',
      (failure: Failure) => (endOfSession(failure) === undefined ? LEFT_OPEN : ''),
    );

const LEFT_OPEN =
  ' The session could not be ended at the API: it ends there when it is unused for three days.';
