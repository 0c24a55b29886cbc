import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { rowOfClient } from '../../../functions/clients/clients.ts';
import type { Email } from '../../../functions/outbox/email.ts';
import { savedEmail } from '../../../functions/outbox/outbox.ts';
import { emailKey } from '../../../functions/outbox/outbox-row.ts';
import { randomId } from '../../../functions/table/ids.ts';
import { emailCommands } from '../../../ops/emails.ts';
import { unsentIds } from '../../../ops/list-emails.ts';
import { tableBehind } from '../../support/behind.ts';
import { anEmail } from '../../support/emails.ts';
import { SOON, TestStack } from '../../support/local-stack.ts';
import { runOps } from '../../support/ops.ts';

/** What becomes of e-mails that were not sent within their request, on the whole stack. */
let api: TestStack;
beforeAll(async () => {
  api = await TestStack.start({ environment: SOON });
});
afterAll(() => api.stop());

const MINUTE_MS = 60_000;
const ago = (minutes: number): Date => new Date(Date.now() - minutes * MINUTE_MS);

/** A client with that address. */
const clientAt = async (email: string): Promise<number> => {
  const client_id = randomId();
  await api.put(rowOfClient({ client_id, user_id: randomId(), name: 'Bob', email }));
  return client_id;
};
const moveTo = (client_id: number, email: string) =>
  api.put(rowOfClient({ client_id, user_id: randomId(), name: 'Bob', email }));

/** Saves an e-mail as a request does that was killed so many minutes ago, right after it had committed. */
const leftByRequest = async (client_id: number, minutes: number): Promise<Email> => {
  const at = ago(minutes);
  const email = anEmail({ client_id, created_at: at.toISOString() });
  await api.put(savedEmail(email, at).put?.Item ?? {});
  return email;
};

const stored = async ({ email_id }: Pick<Email, 'email_id'>) => (await api.rows(`EMAIL#${email_id}`))[0];
/** How often an e-mail arrived. */
const arrivals = ({ email_id }: Pick<Email, 'email_id'>): number =>
  api.stack.messages().filter(({ metadata }) => metadata?.email_id === email_id).length;
const notified = (kind: string, cause: string) =>
  api.rows('NOTIFICATION').then((rows) => rows.find(({ sk }) => sk === `${kind}#${cause}`));
const setDue = ({ email_id }: Pick<Email, 'email_id'>) =>
  api.documents.send(
    new UpdateCommand({
      TableName: api.stack.tableName,
      Key: { pk: `EMAIL#${email_id}`, sk: 'EMAIL' },
      UpdateExpression: 'SET due_at = :due',
      ExpressionAttributeValues: { ':due': ago(0).toISOString() },
    }),
  );

it('An e-mail whose request was killed before it was sent arrives, once', async () => {
  const email = await leftByRequest(await clientAt('bob@example.com'), 2);
  for (let run = 0; run < 3; run += 1) await api.stack.runSchedules();
  expect(arrivals(email)).toBe(1);
  expect(await stored(email)).toMatchObject({ state: 'sent', attempts: 2 });
});

it('An e-mail whose function is killed between committing and sending arrives, once', async () => {
  const client_id = await clientAt('hang@example.com');
  const params = { token: api.tokens.employee, client_id, line_items: [{ name: 'Hedge', quantity: 1 }] };
  // The gateway answers for a function that has died: that is no answer of the API.
  const answer = fetch(`${api.stack.url}/api/v1/orders/create`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(params),
  });
  // Mandrill does not answer, so that the function is killed while it waits for it.
  const email = await vi.waitUntil(
    async () =>
      (await api.rowsStarting('EMAIL#')).find((row) => row.client_id === client_id) as Email | undefined,
    { timeout: 30_000, interval: 50 },
  );
  await api.stack.killFunction('plano-orders-dev-orders-create');
  const died = await answer;
  expect([died.status, await died.json()]).toEqual([500, { message: 'Internal Server Error' }]);
  expect(await stored(email)).toMatchObject({ state: 'sending', attempts: 1 });
  expect(await api.storedOrder(Number(email.order_id))).toMatchObject({ client_id });

  await moveTo(client_id, 'bob@example.com');
  await setDue(email);
  for (let run = 0; run < 3; run += 1) await api.stack.runSchedules();
  expect(arrivals(email)).toBe(1);
  expect(await stored(email)).toMatchObject({ state: 'sent', attempts: 2 });
});

it('An e-mail that its request still has is left alone', async () => {
  const email = await leftByRequest(await clientAt('bob@example.com'), 0);
  await api.stack.runSchedules();
  expect(arrivals(email)).toBe(0);
  expect(await stored(email)).toMatchObject({ state: 'sending', attempts: 1 });
});

describe('an e-mail that a request could not send', () => {
  it.each([
    ['mail_badkey', 'invalid-key'],
    ['mail_fault', 'mandrill-error'],
    ['mail_payment', 'payment-required'],
    ['mail_nonsense', 'unintelligible'],
    ['mail_html', 'unintelligible'],
    ['mail_hang', 'timeout'],
  ])(
    'An e-mail that a request could not send (%s: %s) is tried after a pause, and arrives when it can',
    async (name, kind) => {
      const order = api.order(name);
      const appointment = { appt_id: order.appt_id, cancel_reason: 'Rain' };
      const answer = await api.update(order, { appointment }, api.tokens.employee);
      expect(answer).toMatchObject({ http: 500, status: 'mandrill-email-failed' });
      const email = (await api.email(order.order_id)) as unknown as Email;

      await api.stack.runSchedules();
      expect(await stored(email)).toMatchObject({ state: 'unsent', attempts: 1 });
      await setDue(email);
      await api.stack.runSchedules();
      expect(await stored(email)).toMatchObject({ state: 'unsent', attempts: 2, last_failure: { kind } });

      await moveTo(order.client_id, 'bob@example.com');
      await setDue(email);
      await api.stack.runSchedules();
      expect(await stored(email)).toMatchObject({ state: 'sent', attempts: 3 });
      expect(arrivals(email)).toBe(1);
    },
  );

  it.each([
    ['mail_rejected', 'rejected'],
    ['mail_invalid', 'invalid'],
  ])('An e-mail that is refused for good (%s) is not tried again', async (name, kind) => {
    const order = api.order(name);
    const appointment = { appt_id: order.appt_id, cancel_reason: 'Rain' };
    await api.update(order, { appointment }, api.tokens.employee);
    const email = (await api.email(order.order_id)) as unknown as Email;
    await api.stack.runSchedules();
    expect(await stored(email)).toMatchObject({ state: 'parked', attempts: 1, last_failure: { kind } });
  });
});

it('An e-mail that fails for 24 hours is parked, and a notification says so', async () => {
  const email = await leftByRequest(await clientAt('fault@example.com'), 24 * 60);
  await api.stack.runSchedules();
  expect(await stored(email)).toMatchObject({ state: 'parked', attempts: 2 });
  expect(await notified('email-parked', 'mandrill-error: GeneralError')).toMatchObject({
    state: 'open',
    last_order_id: email.order_id,
  });
});

it('Of 200 e-mails and four retries at once, each is sent exactly once', async () => {
  const client_id = await clientAt('bob@example.com');
  const emails = await Promise.all(Array.from({ length: 200 }, () => leftByRequest(client_id, 5)));
  const outcomes = await Promise.all([1, 2, 3, 4].map(() => api.stack.runSchedules()));
  for (const [outcome] of outcomes) {
    expect(outcome).toMatchObject({ ok: true, payload: { complete: true } });
  }
  expect(emails.map(arrivals)).toEqual(emails.map(() => 1));
  for (const row of await Promise.all(emails.map(stored)))
    expect(row).toMatchObject({ state: 'sent', attempts: 2 });
  expect(api.stack.queued('plano-orders-dev-emails-due')).toEqual([]);
});

it('An operator has what is due sent at once, and is told what became of it', async () => {
  const retryNow = () => runOps(emailCommands, api.target, 'emails', 'retry-now');
  // What other tests have left would come due at a time of its own.
  for (const id of await unsentIds(tableBehind(api))) {
    await api.documents.send(new DeleteCommand({ TableName: api.stack.tableName, Key: emailKey(id) }));
  }
  await leftByRequest(await clientAt('bob@example.com'), 2);
  await leftByRequest(await clientAt('fault@example.com'), 3);
  const waits =
    /1 wait for their pause to end, as emails list says; without it: npm run ops -- emails resend \d+\n$/;
  const first = await retryNow();
  expect(first).toMatch(/^2 due, 2 queued\.\nWhat became of them: 1 sent, 1 unsent\.\n/);
  expect(first).toMatch(waits);
  const second = await retryNow();
  expect(second).toMatch(/^0 due, 0 queued\.\nWhat became of them: nothing to send\.\n/);
  expect(second).toMatch(waits);
});
