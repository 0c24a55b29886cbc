import * as z from 'zod/mini';
import { id } from '../contract/params.ts';
import { type DeliveryFailure, FIRST_RETRY_PAUSE_MS } from '../domain/delivery.ts';
import type { Email } from '../domain/email.ts';
import { isConditionFailed, type Key, type Table, type Write } from './table.ts';

/** For how long a request has an e-mail to itself; longer than any function runs. */
const LEASE_MS = 60_000;
/** How long an e-mail that was sent is kept for questions. */
const KEEP_SENT_MS = 90 * 24 * 60 * 60 * 1_000;

const emailRow = z.object({
  email_id: id,
  client_id: id,
  order_id: z.exactOptional(id),
  request_id: z.string(),
  created_at: z.string(),
  kind: z.custom<Email['kind']>((kind) => typeof kind === 'string'),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
});
const savedRow = z.extend(emailRow, { state: z.enum(['sending', 'unsent', 'sent', 'parked']) });

const emailKey = (email_id: number): Key => ({ pk: `EMAIL#${email_id}`, sk: 'EMAIL' });

/**
 * Saves an e-mail, for the transaction of the change that causes it. It is leased to the request, which sends it at once;
 * if the request dies, it is due (`due_at`) when the lease ends.
 */
export const savedEmail = (email: Email, now: Date): Write => ({
  put: {
    Item: {
      ...emailKey(email.email_id),
      ...email,
      state: 'sending',
      attempts: 0,
      due_at: new Date(now.getTime() + LEASE_MS).toISOString(),
    },
    ConditionExpression: 'attribute_not_exists(pk)',
  },
  refused: () => new Error('two e-mails have one id'),
});

/** Records that Mandrill took an e-mail. */
export const markSent = (table: Table, { email_id }: Email, mandrill_id: string, now: Date): Promise<void> =>
  table.update({
    Key: emailKey(email_id),
    UpdateExpression:
      'SET #state = :sent, sent_at = :now, mandrill_id = :mandrill, expires_at = :expiry ADD attempts :one REMOVE due_at',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: {
      ':sent': 'sent',
      ':now': now.toISOString(),
      ':mandrill': mandrill_id,
      ':expiry': Math.ceil((now.getTime() + KEEP_SENT_MS) / 1_000),
      ':one': 1,
    },
  });

/** Records that Mandrill did not take an e-mail: it is due again after a pause, or parked when it was refused for good. */
export const markFailed = (
  table: Table,
  { email_id }: Email,
  failure: DeliveryFailure,
  now: Date,
): Promise<void> => {
  const { permanent, ...why } = failure;
  return table.update({
    Key: emailKey(email_id),
    UpdateExpression: `SET #state = :state, last_failure = :why${permanent ? '' : ', due_at = :due'} ADD attempts :one${permanent ? ' REMOVE due_at' : ''}`,
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: {
      ':state': permanent ? 'parked' : 'unsent',
      ':why': { ...why, at: now.toISOString() },
      ':one': 1,
      ...(permanent ? {} : { ':due': new Date(now.getTime() + FIRST_RETRY_PAUSE_MS).toISOString() }),
    },
  });
};

/** A saved e-mail and what has become of it. */
export const findSavedEmail = async (
  table: Table,
  email_id: number,
): Promise<{ state: z.infer<typeof savedRow>['state'] } | undefined> => {
  const row = await table.getAgain(emailKey(email_id));
  return row && savedRow.parse(row);
};

/**
 * Takes an e-mail to send it, under a lease: one that is unsent, or whose last lease has run out; undefined when another has
 * it, or it is not to be sent any more.
 */
export const takeEmail = async (table: Table, email_id: number, now: Date): Promise<Email | undefined> => {
  try {
    await table.update({
      Key: emailKey(email_id),
      UpdateExpression: 'SET #state = :sending, due_at = :end',
      ConditionExpression: '#state = :unsent OR (#state = :sending AND due_at <= :now)',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: {
        ':sending': 'sending',
        ':unsent': 'unsent',
        ':now': now.toISOString(),
        ':end': new Date(now.getTime() + LEASE_MS).toISOString(),
      },
    });
  } catch (error) {
    if (isConditionFailed(error)) return undefined;
    throw error;
  }
  return emailRow.parse(await table.getAgain(emailKey(email_id)));
};
