import type { Answer, Fault } from './answers.ts';
import { NoAnswerError, type NoAnswerReason, PlanoError } from './errors.ts';
import type { Received } from './send.ts';
import { retryOf } from './table.ts';
import type { Session } from './types.ts';

/** What an answer of the API holds. */
interface Envelope {
  status: keyof typeof retryOf;
  message: string;
  request_id: string;
  data?: unknown;
  session?: Session;
  errors?: Fault[];
  errors_total?: number;
  registration_page?: string;
}

/** What became of a try: an answer, or an error and whether to try again. */
export type Outcome =
  | { answer: Answer<unknown> }
  | { error: PlanoError | NoAnswerError; again: boolean; retryAfter: number | undefined };

const jsonIn = (text: string): Partial<Envelope> | undefined => {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
};

const isEnvelope = (json: Partial<Envelope> | undefined): json is Envelope =>
  typeof json?.status === 'string' && typeof json.message === 'string';

/** Seconds until then: `retry-after` is a number of them or, from what stands between, a date. */
const retryAfterIn = (headers: Headers): number | undefined => {
  const said = headers.get('retry-after');
  const seconds = said === null ? Number.NaN : Number(said);
  const left = Number.isNaN(seconds) ? (Date.parse(said ?? '') - Date.now()) / 1_000 : seconds;
  return Number.isNaN(left) ? undefined : Math.max(0, left);
};

/** Whether whatever stands before the API may pass the request on when it is sent again; what it says of the request stays so. */
const isPassing = (http: number): boolean => http < 400 || http === 408 || http === 429 || http >= 500;

const OURS = {
  network: 'The API could not be reached.',
  timeout: 'The API did not answer in time.',
  gateway: 'What came is no answer of the API.',
};

/** What is known of a try that had no answer of the API. */
interface Unanswered
  extends Partial<Pick<NoAnswerError, 'http' | 'said' | 'requestId' | 'retryAfter' | 'cause'>> {
  reason: NoAnswerReason;
}

const noAnswer = (
  { reason, http, said, requestId, retryAfter, cause }: Unanswered,
  idempotencyKey: string | undefined,
): Outcome => {
  const facts = { reason, http, said, requestId, retryAfter, idempotencyKey, cause };
  const again = http === undefined || isPassing(http);
  return { error: new NoAnswerError(said ?? OURS[reason], facts), again, retryAfter };
};

/** Judges what came of a try, by the table of statuses; what has no status is of whatever stands before the API. */
export const judge = (received: Received, key: string | undefined): Outcome => {
  if ('reason' in received) return noAnswer(received, key);
  const { http, headers, text } = received;
  const retryAfter = retryAfterIn(headers);
  const json = jsonIn(text);
  if (!isEnvelope(json)) {
    // A gateway says what it says without a status; a message beside one that is none is nobody's word.
    const said = json?.status === undefined && typeof json?.message === 'string' ? json.message : undefined;
    const requestId = headers.get('apigw-requestid') ?? undefined;
    return noAnswer({ reason: 'gateway', http, said, requestId, retryAfter }, key);
  }
  const { status, message, data, session, errors, errors_total, registration_page } = json;
  const requestId = json.request_id;
  // With the latter its change is saved, and the API sends the e-mail later: nobody has to wait for that here.
  if (status === 'action-successful' || status === 'mandrill-email-failed') {
    const replayed = headers.get('idempotent-replayed') === 'true';
    const warning = status === 'mandrill-email-failed' && { warning: { status, message } };
    return {
      answer: {
        status,
        data,
        ...(session && { session }),
        requestId,
        replayed,
        ...warning,
      } as Answer<unknown>,
    };
  }
  const error = new PlanoError(message, {
    status,
    http,
    requestId,
    retryAfter,
    idempotencyKey: key,
    data,
    session,
    registrationPage: registration_page,
    ...(errors && { errors, errorsTotal: errors_total ?? errors.length }),
  });
  const retry = retryOf[status];
  return { error, again: retry === 'same-key' || retry === 'after-pause', retryAfter };
};
