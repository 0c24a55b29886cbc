import type { EmailState } from '../contract/saved-email.ts';
import { emailKey, expiryOf, findSavedEmail, type SavedEmail, stateOfRow } from './outbox.ts';
import { shardOf } from './outbox-index.ts';
import type { Table, Write } from './table.ts';

/** Thrown when an e-mail is in a state in which there is nothing to decide about it; undefined when there is none. */
export class Undecidable extends Error {
  readonly state: EmailState | undefined;

  constructor(state: EmailState | undefined) {
    super(`there is nothing to decide about an e-mail that is ${state ?? 'not there'}`);
    this.state = state;
  }
}

/** What is decided about an e-mail: what is written, and on which condition. */
type Decision = Required<
  Pick<NonNullable<Write['update']>, 'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeValues'>
>;

/**
 * Carries out what was decided about an e-mail, with what else belongs to it, all or nothing.
 *
 * @param after what the e-mail then is
 */
const decide = async (
  table: Table,
  after: SavedEmail,
  decision: Decision,
  more: (after: SavedEmail) => readonly Write[],
): Promise<SavedEmail> => {
  const update = {
    Key: emailKey(after.email.email_id),
    ExpressionAttributeNames: { '#state': 'state' },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
    ...decision,
  };
  const refused: Write['refused'] = (current) => new Undecidable(current && stateOfRow(current));
  await table.transact([...more(after), { update, refused }]);
  return after;
};

const existing = async (table: Table, email_id: number): Promise<SavedEmail> => {
  const saved = await findSavedEmail(table, email_id);
  if (saved === undefined) throw new Undecidable(undefined);
  return saved;
};

/**
 * Decides about an e-mail.
 *
 * @param more what commits with it, told what the e-mail then is
 * @returns the e-mail as it then is
 * @throws {Undecidable} if there is no such e-mail
 */
export type Decide = (
  table: Table,
  email_id: number,
  now: Date,
  more?: (after: SavedEmail) => readonly Write[],
) => Promise<SavedEmail>;

/** Has an e-mail sent again that is unsent or parked: it is due now, and its 24 hours start anew. */
export const resendEmail: Decide = async (table, email_id, now, more = () => []) => {
  const at = now.toISOString();
  const saved = await existing(table, email_id);
  const decision = {
    UpdateExpression: 'SET #state = :unsent, due_at = :now, tried_since = :now, unsent = :shard',
    ConditionExpression: '#state = :unsent OR #state = :parked',
    ExpressionAttributeValues: {
      ':unsent': 'unsent',
      ':parked': 'parked',
      ':now': at,
      ':shard': shardOf(email_id),
    },
  };
  return decide(table, { ...saved, state: 'unsent', due_at: at, tried_since: at }, decision, more);
};

/**
 * Discards an e-mail that is unsent or parked, or whose sender has died: it is not to be sent any more, and kept for
 * questions as one that was sent.
 */
export const discardEmail: Decide = async (table, email_id, now, more = () => []) => {
  const { due_at: _, ...saved } = await existing(table, email_id);
  const decision = {
    UpdateExpression:
      'SET #state = :discarded, discarded_at = :now, expires_at = :expiry REMOVE unsent, due_at',
    ConditionExpression: '#state = :unsent OR #state = :parked OR (#state = :sending AND due_at <= :now)',
    ExpressionAttributeValues: {
      ':discarded': 'discarded',
      ':unsent': 'unsent',
      ':parked': 'parked',
      ':sending': 'sending',
      ':now': now.toISOString(),
      ':expiry': expiryOf(now),
    },
  };
  return decide(table, { ...saved, state: 'discarded' }, decision, more);
};
