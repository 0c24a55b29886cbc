import type { Answer } from '../../client/src/answers.ts';
import { callerFor } from '../../client/src/call.ts';
import { NoAnswerError, PlanoError } from '../../client/src/errors.ts';
import type { routes } from '../../client/src/table.ts';
import type { Order, Session } from '../../client/src/types.ts';
import { prettyJson } from '../../functions/documents/reference/pretty-json.ts';
import { currentVisit, keepVisitor, seeOrder } from './visit.ts';

export type Path = keyof typeof routes;

/** What came of a request: what the client gave or threw, and the answer as it came, but for tokens. */
export interface Outcome {
  came: Answer<unknown> | PlanoError | NoAnswerError;
  /** In the API's words, or in those of the client when none of them came. */
  message: string;
  /** Undefined, and its JSON empty, when nothing came. */
  http: number | undefined;
  json: string;
}

/** A token is good for a great deal, and a page is looked at over shoulders, and copied from. */
const withoutTokens = (text: string): string => {
  try {
    return prettyJson(JSON.parse(text, (name, value) => (name === 'token' ? '(kept by this page)' : value)));
  } catch {
    // Something that stands before the API has answered, and not in JSON.
    return text;
  }
};

/** Goes on with a session that was opened. */
const goOnWith = (session: Session | undefined): void => {
  if (session && session.token !== currentVisit().visitor?.token)
    keepVisitor({ token: session.token, name: session.name });
};

/** Goes on with an order that was shown. That of a dry run is none that anything could be done to. */
const goOnAbout = (data: unknown): void => {
  const { order, orders } = (data ?? {}) as { order?: Order; orders?: Order[] };
  const seen = order ?? orders?.[0];
  if (seen?.updated_at !== undefined) seeOrder(seen);
};

/** Goes on with what an answer tells of whoever asks, and of orders. */
const learn = (came: Outcome['came']): void => {
  if (came instanceof NoAnswerError) return;
  switch (came.status) {
    case 'action-successful':
    case 'mandrill-email-failed':
      goOnWith(came.session);
      goOnAbout(came.data);
      break;
    case 'client-required':
      goOnWith(came.session);
      break;
    case 'missing-param':
    case 'invalid-param':
      goOnAbout(came.data);
      break;
    case 'invalid-token':
    case 'session-expired':
      // A session has ended then; an application's token may still be good on other routes.
      if (currentVisit().visitor?.token.startsWith('ses_')) keepVisitor(undefined);
  }
};

/** What a promise of the client comes to. */
const settled = (answer: Promise<Answer<unknown>>): Promise<Outcome['came']> =>
  answer.catch((error) => {
    if (error instanceof PlanoError || error instanceof NoAnswerError) return error;
    throw error;
  });

/**
 * Sends a request once, as whoever is signed in: here its answer is looked at, whatever it is.
 *
 * @param idempotencyKey of the same request, when it was sent before and not done
 */
export const ask = async (path: Path, params: object, idempotencyKey?: string): Promise<Outcome> => {
  let received: Response | undefined;
  const call = callerFor({
    baseUrl: '',
    token: currentVisit().visitor?.token,
    retries: 0,
    fetch: async (input, init) => {
      received = await fetch(input, init);
      return received.clone();
    },
  });
  const came = await settled(call(path, params, { idempotencyKey }));
  learn(came);
  // Its body may break off, which the client has told of already.
  const text = (await received?.text().catch(() => '')) ?? '';
  const message = came instanceof Error ? came.message : JSON.parse(text).message;
  return { came, message, http: received?.status, json: withoutTokens(text) };
};
