import * as z from 'zod/mini';
import { id } from '../contract/params.ts';
import { EMAIL_STATES, type EmailState } from '../contract/saved-email.ts';
import { partitions } from '../contract/table-partitions.ts';
import { type DeliveryFailure, type NextStep, nextStep, type Tries } from '../domain/delivery.ts';
import type { Email } from '../domain/email.ts';
import { PARKED, shardOf } from './outbox-index.ts';
import { isConditionFailed, type Key, type Row, type Table, type Write } from './table.ts';

/** For how long whoever sends an e-mail has it to itself; longer than any function runs, which is 15 s. */
const LEASE_MS = 20_000;
/** How long an e-mail that was sent or discarded is kept for questions. */
const KEEP_MS = 90 * 24 * 60 * 60 * 1_000;

/** An e-mail as it is kept. Each of its fields has to be named here, so that none is lost when it is sent again. */
const emailSchema = z.object({
  email_id: id,
  client_id: id,
  order_id: z.exactOptional(id),
  request_id: z.string(),
  created_at: z.string(),
  // Any: what a release before this one has saved is sent all the same.
  kind: z.custom<Email['kind']>((kind) => typeof kind === 'string'),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
} satisfies Record<keyof Email, z.ZodMiniType>);

const bookkeepingSchema = z.object({
  state: z.enum(EMAIL_STATES),
  /** How often it was tried to send it, a try that is under way included. */
  attempts: z.int(),
  /** Since when it is tried, if an operator had it sent again. */
  tried_since: z.exactOptional(z.string()),
  /** When its next try is due, its lease ends, or, parked, since when it waits for an operator. */
  due_at: z.exactOptional(z.string()),
  last_failure: z.exactOptional(z.object({ kind: z.string(), cause: z.string(), at: z.string() })),
  sent_at: z.exactOptional(z.string()),
  mandrill_id: z.exactOptional(z.string()),
});
/** An e-mail that was saved, and what has become of it. */
export type SavedEmail = z.infer<typeof bookkeepingSchema> & { email: Email };

/** An e-mail that was taken from the outbox to be tried again; `attempts` has counted this try already. */
export type TakenEmail = Email & Tries;

/** How far it has got with an e-mail. One that was only just saved is at its first try. */
export const triesOf = (email: Email | TakenEmail): Tries =>
  'attempts' in email ? email : { attempts: 1, tried_since: email.created_at };

/** The key of a saved e-mail. */
export const emailKey = (email_id: number): Key => ({ pk: `${partitions.email}${email_id}`, sk: 'EMAIL' });

/** The state of a saved e-mail. */
export const stateOfRow = (row: Row): EmailState => bookkeepingSchema.parse(row).state;

const savedEmailOfRow = (row: Row): SavedEmail => ({
  ...bookkeepingSchema.parse(row),
  email: emailSchema.parse(row),
});

const leaseEnd = (now: Date): string => new Date(now.getTime() + LEASE_MS).toISOString();
/** When DynamoDB may forget an e-mail that is done with, in seconds since the epoch. */
export const expiryOf = (now: Date): number => Math.ceil((now.getTime() + KEEP_MS) / 1_000);

/**
 * Saves an e-mail, for the transaction of the change that causes it. It is leased to the request, which sends it at once;
 * if the request dies, it is due (`due_at`) when the lease ends.
 */
export const savedEmail = (email: Email, now: Date): Write => ({
  put: {
    Item: {
      ...emailKey(email.email_id),
      ...email,
      state: 'sending' satisfies EmailState,
      attempts: 1,
      unsent: shardOf(email.email_id),
      due_at: leaseEnd(now),
    },
    ConditionExpression: 'attribute_not_exists(pk)',
  },
  refused: () => new Error('two e-mails have one id'),
});

/** A saved e-mail as it is now, for looking. */
export const findSavedEmail = async (table: Table, email_id: number): Promise<SavedEmail | undefined> => {
  const row = await table.getAgain(emailKey(email_id));
  return row && savedEmailOfRow(row);
};

/** Takes an e-mail if the condition holds; undefined if it does not. */
const take = async (
  table: Table,
  email_id: number,
  now: Date,
  condition: string,
): Promise<TakenEmail | undefined> => {
  try {
    const row = await table.updated({
      Key: emailKey(email_id),
      UpdateExpression: 'SET #state = :sending, due_at = :end ADD attempts :one',
      ConditionExpression: condition,
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: {
        ':sending': 'sending',
        ':unsent': 'unsent',
        ':now': now.toISOString(),
        ':end': leaseEnd(now),
        ':one': 1,
      },
    });
    const { email, attempts, tried_since = email.created_at } = savedEmailOfRow(row);
    return { ...email, attempts, tried_since };
  } catch (error) {
    if (isConditionFailed(error)) return undefined;
    throw error;
  }
};

/**
 * Takes an e-mail to send it, under a lease: one that is unsent, due or not, or whose lease has run out. Of several that
 * take it at once, one gets it.
 *
 * @returns the e-mail; undefined when somebody else has it, or it is not to be sent any more
 */
export const takeEmail = (table: Table, email_id: number, now: Date): Promise<TakenEmail | undefined> =>
  take(table, email_id, now, '#state = :unsent OR (#state = :sending AND due_at <= :now)');

/** Takes an e-mail as `takeEmail` does, but only one that is due. */
export const takeDueEmail = (table: Table, email_id: number, now: Date): Promise<TakenEmail | undefined> =>
  take(table, email_id, now, '(#state = :unsent OR #state = :sending) AND due_at <= :now');

/**
 * Records that Mandrill took an e-mail. It holds whoever has the e-mail by now: it must not be sent once more.
 *
 * @throws ConditionalCheckFailedException if there is no such e-mail
 */
export const markSent = (table: Table, { email_id }: Email, mandrill_id: string, now: Date): Promise<void> =>
  table.update({
    Key: emailKey(email_id),
    UpdateExpression:
      'SET #state = :sent, sent_at = :now, mandrill_id = :mandrill, expires_at = :expiry REMOVE unsent, due_at',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: {
      ':sent': 'sent',
      ':now': now.toISOString(),
      ':mandrill': mandrill_id,
      ':expiry': expiryOf(now),
    },
  });

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
  email: Email | TakenEmail,
  failure: DeliveryFailure,
  now: Date,
  whenParked?: Write,
): Promise<NextStep | undefined> => {
  const { permanent, ...why } = failure;
  const tries = triesOf(email);
  const next = nextStep(failure, tries, now);
  const isParked = next.state === 'parked';
  const update = {
    Key: emailKey(email.email_id),
    UpdateExpression: 'SET #state = :state, last_failure = :why, due_at = :due, unsent = :unsent',
    ConditionExpression: '#state = :sending AND attempts = :attempts',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: {
      ':state': next.state,
      ':why': { ...why, at: now.toISOString() },
      ':due': (isParked ? now : next.due_at).toISOString(),
      ':unsent': isParked ? PARKED : shardOf(email.email_id),
      ':sending': 'sending',
      ':attempts': tries.attempts,
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
