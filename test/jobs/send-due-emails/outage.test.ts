import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { rowOfClient } from '../../../functions/clients/clients.ts';
import type { Email } from '../../../functions/outbox/email.ts';
import { emailKey } from '../../../functions/outbox/outbox-row.ts';
import { randomId } from '../../../functions/table/ids.ts';
import { tableBehind, waitingEmail } from '../../support/behind.ts';
import { TestStack } from '../../support/local-stack.ts';

/** An outage of Mandrill, from when it goes away until all that has waited is sent, on the whole stack. */
let api: TestStack;
beforeAll(async () => {
  api = await TestStack.start();
});
afterAll(() => api.stop());

const CLIENTS = 30;
const FINDER = 'plano-orders-dev-find-due-emails';
const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
const alter = (Key: object, name: string, value: unknown) =>
  api.documents.send(
    new UpdateCommand({
      TableName: api.stack.tableName,
      Key,
      UpdateExpression: 'SET #name = :value',
      ExpressionAttributeNames: { '#name': name },
      ExpressionAttributeValues: { ':value': value },
    }),
  );
const stateOf = async ({ email_id }: Pick<Email, 'email_id'>) =>
  (await api.rows(`EMAIL#${email_id}`))[0]?.state;
const arrivals = ({ email_id }: Pick<Email, 'email_id'>): number =>
  api.stack.messages().filter(({ metadata }) => metadata?.email_id === email_id).length;

/** How often Mandrill is asked by something, of which it gives what came of it as well. */
const counting = async <T>(act: () => Promise<T>): Promise<{ asked: number; outcome: T }> => {
  const before = api.stack.asked();
  const outcome = await act();
  return { asked: api.stack.asked() - before, outcome };
};
/** A minute's run, and what was sent by it. */
const run = () => counting(() => api.stack.runSchedules(FINDER));
/** Has one e-mail ask whether Mandrill is back from that time on. */
const askAgain = (at: string) => alter({ pk: 'CIRCUIT', sk: 'MANDRILL' }, 'ask_at', at);

let emails: Email[];
const dueSince = ({ email_id }: Email, minutes: number) => alter(emailKey(email_id), 'due_at', ago(minutes));
/** Lets two hours pass for what waits. */
const letHoursPass = async () => {
  await Promise.all(emails.map((email) => dueSince(email, 110)));
  await askAgain(ago(0));
};

beforeEach(async () => {
  const clients = Array.from({ length: CLIENTS }, () => randomId());
  for (const client_id of clients) {
    const email = `client-${client_id}@example.com`;
    await api.put(rowOfClient({ client_id, user_id: randomId(), name: 'Bob', email }));
  }
  emails = await Promise.all(
    Array.from({ length: 150 }, (_, index) =>
      waitingEmail(tableBehind(api), 'unsent', {
        client_id: clients[index % CLIENTS] ?? 0,
        at: new Date(Date.now() - 120 * 60_000),
      }),
    ),
  );
});

it('An outage of Mandrill costs one question at a time, keeps no request waiting, and each e-mail is sent once', async () => {
  api.stack.upsetMandrill('html');
  // Those that are under way when it goes away have asked; all others have not.
  expect((await run()).asked).toBeLessThan(60);
  await letHoursPass();
  for (let minute = 0; minute < 3; minute += 1) {
    const { asked, outcome } = await run();
    expect(outcome).toMatchObject([
      { payload: { queued: 10, away: 'unintelligible: an error that is not Mandrill’s' } },
    ]);
    expect(asked).toBeGreaterThan(0);
    // One: another asks as well if a busy machine takes ten seconds for them.
    expect(asked).toBeLessThan(5);
    await askAgain(ago(0));
  }

  await askAgain('2999-01-01T00:00:00.000Z');
  const order = api.freshOrder();
  const appointment = { appt_id: order.appt_id, cancel_reason: 'Rain' };
  const request = await counting(() => api.update(order, { appointment }, api.tokens.employee));
  expect(request).toMatchObject({ asked: 0, outcome: { http: 500, status: 'mandrill-email-failed' } });
  const unsent = (await api.email(order.order_id)) as unknown as Email;
  expect(unsent).toMatchObject({ state: 'unsent', tries: 0 });
  emails.push(unsent);

  api.stack.upsetMandrill();
  await letHoursPass();
  const first = await run();
  expect(first).toMatchObject({ outcome: [{ payload: { queued: 10 } }] });
  const waiting = emails.length - first.asked;
  const isUnsent = await Promise.all(emails.map(async (email) => (await stateOf(email)) === 'unsent'));
  await Promise.all(emails.filter((_, index) => isUnsent[index]).map((email) => dueSince(email, 0)));
  const rest = await run();
  expect(rest).toMatchObject({
    asked: waiting,
    outcome: [{ payload: { due: waiting, queued: waiting } }],
  });
  expect(emails.map(arrivals)).toEqual(emails.map(() => 1));
  expect(new Set(await Promise.all(emails.map(stateOf)))).toEqual(new Set(['sent']));
  expect(api.stack.queued('plano-orders-dev-emails-due')).toEqual([]);
});
