import { renderingOf } from '../contract/statuses.ts';
import { savedEmail, savedForLater } from '../outbox/outbox.ts';
import type { IdempotencyKey } from '../table/idempotency-key.ts';
import { rowOf, type Write } from '../table/write.ts';
import type { Outcome, WordedAnswer } from './action.ts';
import { type Exchange, need } from './exchange.ts';
import { GatheredWork } from './gathered-work.ts';
import { keptAnswer } from './idempotency.ts';
import { sendSaved } from './send-saved.ts';
import { worded } from './words.ts';

/** The work of a request: the one place where its writes are put together, put in order, and committed. */
export class RequestWork<Data> extends GatheredWork<Data> {
  readonly #key: IdempotencyKey | undefined;

  constructor(exchange: Exchange, key: IdempotencyKey | undefined) {
    super(exchange);
    this.#key = key;
  }

  async commit(outcome: Outcome<Data>): Promise<WordedAnswer> {
    const { exchange, messages } = this;
    const answer = worded(outcome.status ?? 'action-successful', outcome);
    const writes = [
      // That the request was done before says more than whatever else it is refused for.
      ...(this.#key === undefined ? [] : keptAnswer(exchange, this.#key, { answer, outcome, messages })),
      ...messages.map((message) => savedEmail(message, exchange.now)),
      ...this.later.map((message) => savedForLater(message, exchange.now)),
      ...this.writes,
    ];
    if (writes.length > 0) {
      // First: a session that was revoked meanwhile must not learn why else it is refused.
      await need(exchange, 'table').transact([...joining(exchange.use, writes), ...writes]);
      // It is noted, or the session has ended.
      exchange.use = undefined;
    }
    const sent = await Promise.all(messages.map((message) => sendSaved(exchange, message)));
    return sent.every(Boolean) ? answer : unsent(answer);
  }
}

/** The write that joins others: a transaction takes one write of each row, and what ends a session notes that in the same row. */
const joining = (use: Write | undefined, writes: readonly Write[]): Write[] =>
  use === undefined || writes.some((write) => rowOf(write) === rowOf(use)) ? [] : [use];

/** The answer to a request that is done, but whose message could not be sent. */
const unsent = (answer: WordedAnswer): WordedAnswer => {
  const status = 'mandrill-email-failed';
  return { ...answer, status, message: renderingOf(status).message };
};
