import type { Row } from '../table/row.ts';
import type { Table } from '../table/table.ts';
import type { Write } from '../table/write.ts';
import { isSecret } from './email.ts';
import type { EmailState } from './email-view.ts';
import { forgottenFrom } from './outbox.ts';
import { shardOf } from './outbox-index.ts';
import { emailKey, emailRows, type SavedEmail } from './outbox-row.ts';

/**
 * Thrown when an e-mail is in a state in which there is nothing to decide about it, perhaps one that another release knows, or
 * `unreadable`; undefined when there is no such e-mail.
 */
export class Undecidable extends Error {
  readonly state: string | undefined;

  constructor(state: string | undefined) {
    super(`there is nothing to decide about an e-mail that is ${state ?? 'not there'}`);
    this.state = state;
  }
}

/** A decision about an e-mail, for a transaction; it refuses with `Undecidable` when there is nothing to decide any more. */
export interface Decision {
  /** The e-mail as it then is; undefined when its row cannot be read. */
  after: SavedEmail | undefined;
  write: Write;
}

/**
 * Decides about an e-mail.
 *
 * @throws {Undecidable}
 */
export type Decide = (table: Table, email_id: number, now: Date) => Promise<Decision>;

/** The update by a decision, and the condition on which it holds. */
type Update = Required<
  Pick<NonNullable<Write['update']>, 'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeValues'>
>;

/** Carries out a decision about an e-mail, by its key alone. */
const decided = (email_id: number, update: Update): Write => ({
  update: {
    Key: emailKey(email_id),
    ExpressionAttributeNames: { '#state': 'state' },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
    ...update,
  },
  refused: (current) => new Undecidable(current && String(current.state)),
});

const existing = async (table: Table, email_id: number): Promise<Row> => {
  const row = await table.getAgain(emailKey(email_id));
  if (row === undefined) throw new Undecidable(undefined);
  return row;
};

/**
 * Has an e-mail sent again that is unsent or parked: it is due now, its 24 hours and its pauses start anew. One that carries
 * a secret is not once it is parked: its user has asked for another by then.
 */
export const resendEmail: Decide = async (table, email_id, now) => {
  const saved = emailRows.readOrLeaveOut(table, await existing(table, email_id));
  if (saved === undefined) throw new Undecidable('unreadable');
  if (isSecret(saved) ? saved.state === 'parked' : saved.html === undefined) {
    throw new Undecidable('without-text');
  }
  const at = now.toISOString();
  const after: SavedEmail = { ...saved, state: 'unsent', due_at: at, tried_since: at, tries: 0 };
  const write = decided(email_id, {
    UpdateExpression:
      'SET #state = :unsent, due_at = :now, tried_since = :now, tries = :none, unsent = :shard',
    ConditionExpression: '#state = :unsent OR #state = :parked',
    ExpressionAttributeValues: {
      ':unsent': 'unsent' satisfies EmailState,
      ':parked': 'parked' satisfies EmailState,
      ':now': at,
      ':none': 0,
      ':shard': shardOf(email_id),
    },
  });
  return { after, write };
};

const discarded = ({ due_at: _, ...saved }: SavedEmail): SavedEmail => ({ ...saved, state: 'discarded' });

/**
 * Discards an e-mail that waits, in whatever state, also one whose row cannot be read or whose sender has died: it is not to
 * be sent any more, and kept for questions as one that was sent. What waits is in the index.
 */
export const discardEmail: Decide = async (table, email_id, now) => {
  const row = await existing(table, email_id);
  const saved = emailRows.readOrLeaveOut(table, row);
  const after = saved && discarded(saved);
  const write = decided(email_id, {
    UpdateExpression:
      'SET #state = :discarded, discarded_at = :now, expires_at = :expiry REMOVE unsent, due_at',
    ConditionExpression:
      '(attribute_exists(unsent) OR #state IN (:unsent, :parked)) AND NOT (#state = :sending AND due_at > :now)',
    ExpressionAttributeValues: {
      ':discarded': 'discarded' satisfies EmailState,
      ':unsent': 'unsent' satisfies EmailState,
      ':parked': 'parked' satisfies EmailState,
      ':sending': 'sending' satisfies EmailState,
      ':now': now.toISOString(),
      ':expiry': forgottenFrom(now),
    },
  });
  return { after, write };
};
