import { conditionHolds, currentRow, isConditionFailed } from '../table/condition.ts';
import { expiresAt, type Row } from '../table/row.ts';
import type { Table } from '../table/table.ts';
import type { Write } from '../table/write.ts';
import { type DeliveryFailure, type NextStep, nextStep } from './delivery.ts';
import type { Email } from './email.ts';
import type { EmailState } from './email-view.ts';
import { PARKED, shardOf } from './outbox-index.ts';
import {
  type EmailAtHand,
  type EmailSummary,
  emailKey,
  emailRows,
  emailSummaryRows,
  type SavedEmail,
  SUMMARY,
  triesOf,
} from './outbox-row.ts';

/** For how long whoever sends an e-mail has it to itself; longer than any function runs, which is 15 s. */
const LEASE_MS = 20_000;
/** How long an e-mail that was sent or discarded is kept for questions. */
const KEEP_MS = 90 * 24 * 60 * 60 * 1_000;

const leaseEnd = (now: Date): string => new Date(now.getTime() + LEASE_MS).toISOString();
/** When DynamoDB may forget an e-mail that is done with, in seconds since the epoch. */
export const forgottenFrom = (now: Date): number => expiresAt(now.getTime() + KEEP_MS);

/**
 * Saves an e-mail, for the transaction of the change that causes it. It is leased to the request, which sends it at once;
 * if the request dies, it is due (`due_at`) when the lease ends.
 */
export const savedEmail = (email: Email, now: Date): Write =>
  saved(email, { ...unsent(email), state: 'sending', attempts: 1, due_at: leaseEnd(now) });

/** Saves an e-mail that is due at once, for whoever sends what is due, for the transaction of the change that causes it. */
export const savedForLater = (email: Email, now: Date): Write =>
  saved(email, { ...unsent(email), state: 'unsent', attempts: 0, due_at: now.toISOString() });

/**
 * Saves an e-mail that is never sent, where nobody is to see that there is nobody to send it to: for whoever has asked, it is saved
 * like any other. It can be forgotten at once.
 */
export const savedInVain = (email: Email, now: Date): Write =>
  saved(email, { state: 'discarded', attempts: 0, expires_at: expiresAt(now.getTime()) });

const unsent = ({ email_id }: Email) => ({ unsent: shardOf(email_id) });

const saved = (email: Email, progress: { state: EmailState; attempts: number } & Row): Write => ({
  put: {
    Item: { ...emailKey(email.email_id), ...email, ...emailRows.version, ...progress },
    ConditionExpression: 'attribute_not_exists(pk)',
  },
  refused: () => new Error('two e-mails have one id'),
});

/**
 * A saved e-mail as it is now, for looking.
 *
 * @throws {UnreadableRow}
 */
export const findSavedEmail = async (table: Table, email_id: number): Promise<SavedEmail | undefined> => {
  const row = await table.getAgain(emailKey(email_id));
  return row && emailRows.read(row);
};

/** Saved e-mails as they are now, without their texts; those that are not there, or cannot be read, are left out. */
export const findEmailSummaries = async (
  table: Table,
  email_ids: readonly number[],
): Promise<EmailSummary[]> => {
  const rows = await table.getParts(email_ids.map(emailKey), SUMMARY);
  return emailSummaryRows.readAll(table, rows);
};

/**
 * Sets an e-mail aside whose row cannot be read: it is not tried for ever, but waits for an operator, in whatever state it is.
 * One that was sent meanwhile, or discarded, is in no index any more, and stays as it is.
 */
const setAside = async (table: Table, email_id: number, now: Date): Promise<void> => {
  await conditionHolds(
    table.update({
      Key: emailKey(email_id),
      UpdateExpression: 'SET #state = :parked, unsent = :partition, due_at = :now',
      ConditionExpression: 'attribute_exists(unsent)',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: {
        ':parked': 'parked' satisfies EmailState,
        ':partition': PARKED,
        ':now': now.toISOString(),
      },
    }),
  );
};

/** Takes an e-mail if the condition holds: its row as it then is, and whether it did. */
const take = async (
  table: Table,
  email_id: number,
  now: Date,
  condition: string,
): Promise<{ row: Row | undefined; isTaken: boolean }> => {
  try {
    const row = await table.updated({
      Key: emailKey(email_id),
      UpdateExpression: 'SET #state = :sending, due_at = :end ADD attempts :one',
      // What is no number cannot be counted on: that would be a fault of the request's, not of the row's.
      ConditionExpression: `attribute_type(attempts, :number) AND (${condition})`,
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: {
        ':sending': 'sending' satisfies EmailState,
        ':unsent': 'unsent' satisfies EmailState,
        ':number': 'N',
        ':now': now.toISOString(),
        ':end': leaseEnd(now),
        ':one': 1,
      },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    return { row, isTaken: true };
  } catch (error) {
    if (!isConditionFailed(error)) throw error;
    return { row: currentRow(error), isTaken: false };
  }
};

/** What was taken. A row that cannot be read is set aside and left out, and the table's request will tell of it. */
const taken = async (
  table: Table,
  email_id: number,
  now: Date,
  condition: string,
): Promise<SavedEmail | undefined> => {
  const { row, isTaken } = await take(table, email_id, now, condition);
  const email = row && emailRows.readOrLeaveOut(table, row);
  if (row !== undefined && email === undefined) await setAside(table, email_id, now);
  return isTaken ? email : undefined;
};

/**
 * Takes an e-mail to send it, under a lease: one that is unsent, due or not, or whose lease has run out. Of several that
 * take it at once, one gets it.
 *
 * @returns the e-mail, whose `attempts` have counted this try; undefined when somebody else has it, it is not to be sent any
 *   more, or its row cannot be read
 */
export const takeEmail = (table: Table, email_id: number, now: Date): Promise<SavedEmail | undefined> =>
  taken(table, email_id, now, '#state = :unsent OR (#state = :sending AND due_at <= :now)');

/** Takes an e-mail as `takeEmail` does, but only one that is due. */
export const takeDueEmail = (table: Table, email_id: number, now: Date): Promise<SavedEmail | undefined> =>
  taken(table, email_id, now, '(#state = :unsent OR #state = :sending) AND due_at <= :now');

/**
 * Records that Mandrill took an e-mail. It holds whoever has the e-mail by now: it must not be sent once more.
 *
 * @throws ConditionalCheckFailedException if there is no such e-mail
 */
export const markSent = (
  table: Table,
  { email_id }: Pick<EmailAtHand, 'email_id'>,
  mandrill_id: string,
  now: Date,
): Promise<void> =>
  table.update({
    Key: emailKey(email_id),
    UpdateExpression:
      'SET #state = :sent, sent_at = :now, mandrill_id = :mandrill, expires_at = :expiry REMOVE unsent, due_at',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: {
      ':sent': 'sent' satisfies EmailState,
      ':now': now.toISOString(),
      ':mandrill': mandrill_id,
      ':expiry': forgottenFrom(now),
    },
  });

/**
 * Records that an e-mail is not to be sent, or not any more, for the try that has the lease: it is kept for questions, as discarded.
 *
 * @param why as its row and its view say it
 */
export const markWithheld = async (
  table: Table,
  email: EmailAtHand,
  { kind, cause }: { kind: string; cause: string },
  now: Date,
): Promise<void> => {
  await conditionHolds(
    table.update({
      Key: emailKey(email.email_id),
      UpdateExpression:
        'SET #state = :discarded, discarded_at = :now, last_failure = :why, expires_at = :expiry REMOVE unsent, due_at',
      ConditionExpression: '#state = :sending AND attempts = :attempts',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: {
        ':discarded': 'discarded' satisfies EmailState,
        ':now': now.toISOString(),
        ':why': { kind, cause, at: now.toISOString() },
        ':expiry': forgottenFrom(now),
        ':sending': 'sending' satisfies EmailState,
        ':attempts': triesOf(email).attempts,
      },
    }),
  );
};

/** Thrown when a try has no lease any more. */
class LeaseLost extends Error {}

/**
 * Records that Mandrill did not take an e-mail: it is due again after a pause, or parked. It holds only for the try that
 * has the lease: what comes late from one before it, when the e-mail may be sent already, changes nothing.
 *
 * @param whenParked what is written with it, all or nothing, if it is parked
 * @returns what follows; undefined when it is another's to say
 */
export const markFailed = async (
  table: Table,
  email: EmailAtHand,
  failure: DeliveryFailure,
  now: Date,
  whenParked?: Write,
): Promise<NextStep | undefined> => {
  const { kind, cause, untried } = failure;
  const { attempts, ...tries } = triesOf(email);
  const next = nextStep(failure, tries, now);
  const isParked = next.state === 'parked';
  const update = {
    Key: emailKey(email.email_id),
    UpdateExpression:
      'SET #state = :state, tries = :tries, last_failure = :why, due_at = :due, unsent = :unsent',
    ConditionExpression: '#state = :sending AND attempts = :attempts',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: {
      ':state': next.state,
      ':tries': tries.tries + (untried ? 0 : 1),
      ':why': { kind, cause, at: now.toISOString() },
      ':due': (isParked ? now : next.due_at).toISOString(),
      ':unsent': isParked ? PARKED : shardOf(email.email_id),
      ':sending': 'sending' satisfies EmailState,
      ':attempts': attempts,
    },
  };
  try {
    // A transaction also when it is alone: one whose answer is lost is not mistaken for another's when it is sent again.
    const more = isParked && whenParked !== undefined ? [whenParked] : [];
    await table.transact([{ update, refused: () => new LeaseLost() }, ...more]);
    return next;
  } catch (error) {
    if (error instanceof LeaseLost) return undefined;
    throw error;
  }
};
