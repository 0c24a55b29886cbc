/**
 * Writes rows of every kind as the code of this checkout writes them, for the releases that come after it:
 * `npx node test/releases/write.ts <release>`, at the commit of a release. With them it keeps what was answered under
 * idempotency keys, so that later releases can be asked for it again. All of it is about made-up people.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteCommand, DynamoDBDocumentClient, PutCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import { localClient, startDynamoDbLocal } from '../../infra/local/dynamodb.ts';
import { provideJava } from '../../infra/local/java.ts';
import { startLocalStack } from '../../infra/local/stack.ts';
import { synthesised } from '../../infra/local/synthesis.ts';

const PASSWORD = 'a good password';
const [release] = process.argv.slice(2);
if (release === undefined) throw new Error('usage: npx node test/releases/write.ts <release>');

const folder = mkdtempSync(join(tmpdir(), 'plano-orders-release-'));
await provideJava();
const dynamoDb = await startDynamoDbLocal();
const stack = await startLocalStack({
  assembly: await synthesised(join(folder, 'cdk.out')),
  database: { endpoint: dynamoDb.endpoint, accessKeyId: 'release' },
  port: 0,
  folder,
  schedules: false,
});
const documents = DynamoDBDocumentClient.from(localClient(stack.database));
const { tokens, orders } = stack.demo;

/** What was answered under a key, and the request, as they went over the wire. */
const answered: { path: string; key: string; body: string; http: number; answer: unknown }[] = [];

/** So much of an answer as what comes after it needs. */
interface Answer {
  data: {
    order: { updated_at: string };
    emails: { email_id: number }[];
    notifications: { notification_id: number }[];
  };
  session: { token: string };
}

const post = async (path: string, params: object, sensitive = false): Promise<Answer> => {
  const key = `release-${answered.length}`;
  const text = JSON.stringify(params);
  const body = sensitive ? Buffer.from(text).toString('base64') : text;
  const response = await fetch(`${stack.url}/api/v1/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body,
  });
  const answer = (await response.json()) as Answer;
  answered.push({ path, key, body, http: response.status, answer });
  return answer;
};
const get = async (path: string, token: string): Promise<Answer> => {
  const response = await fetch(`${stack.url}/api/v1/${path}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return (await response.json()) as Answer;
};

const token = tokens.application;
const order = (name: string) => orders[name] ?? Promise.reject(new Error(`there is no demo order ${name}`));

// Orders in each state, with what can be in their history.
const { order_id, updated_at, client_id, appt_id, line_items } = await order('plain_1');
const [item] = line_items;
const begun = await post('orders/update', {
  token,
  order_id,
  updated_at,
  notes: 'Ring twice.',
  line_items: [
    { line_item_id: item?.line_item_id, completed_quantity: 1, completed_date: '2026-11-20T10:00:00Z' },
    { name: 'Gutters', quantity: 2 },
  ],
  appointment: { appt_id },
});
await post('appointments/create', {
  token,
  order_id,
  updated_at: begun.data.order.updated_at,
  scheduled_for: '2999-03-01T09:00:00Z',
  duration_minutes: 90,
});
const second = await order('plain_2');
const moved = await post('appointments/reschedule', {
  token: tokens.remembered,
  order_id: second.order_id,
  updated_at: second.updated_at,
  appt_id: second.appt_id,
  scheduled_for: '2999-03-02T09:00:00+01:00',
});
await post('orders/update', {
  token,
  order_id: second.order_id,
  updated_at: moved.data.order.updated_at,
  line_items: second.line_items.map(({ line_item_id, quantity }) => ({
    line_item_id,
    completed_quantity: quantity,
  })),
  appointment: { appt_id: second.appt_id, cancel_reason: 'Done early', cancel_note: 'Nothing is left.' },
});
await post('orders/create', { token, client_id, line_items: [{ name: 'Hedge', quantity: 3 }] });

// People: somebody who registers, signs in and becomes a client, and a wrong password.
const credentials = { email: 'tess@example.com', password: PASSWORD };
const registered = await post('users/register', { ...credentials, name: 'Tess', remember_me: true }, true);
await post('users/client_register', { token: registered.session.token, company_name: 'Tess & Co' });
await post('sessions/create', credentials, true);
await post('sessions/create', { ...credentials, password: 'another password' }, true);

// E-mails in each state, and the notifications of those that failed.
const failing = async (name: string) => {
  const { appt_id: id, ...demo } = await order(name);
  await post('orders/update', {
    token,
    order_id: demo.order_id,
    updated_at: demo.updated_at,
    appointment: { appt_id: id, cancel_reason: 'Rain' },
  });
};
for (const name of ['mail_rejected', 'mail_invalid', 'mail_fault', 'mail_payment']) await failing(name);
const parked = await get('emails/list?state=parked', token);
await post('emails/discard', { token, email_id: parked.data.emails[0]?.email_id });
const unsent = await get('emails/list?state=unsent', token);
await post('emails/resend', { token, email_id: unsent.data.emails[0]?.email_id });

// A crash, and a notification that somebody has acknowledged.
const crashing = { pk: 'ORDER#4711', sk: 'ORDER' };
await documents.send(new PutCommand({ TableName: stack.tableName, Item: crashing }));
await get('orders/show?order_id=4711', token);
await documents.send(new DeleteCommand({ TableName: stack.tableName, Key: crashing }));
const { data } = await get('notifications/list?state=open', token);
await post('notifications/acknowledge', { token, notification_id: data.notifications[0]?.notification_id });
await stack.runSchedules();

const rows: Record<string, unknown>[] = [];
for await (const page of paginateScan({ client: documents }, { TableName: stack.tableName })) {
  rows.push(...(page.Items ?? []));
}
/** Of the orders that nothing was done to, and what belongs to them, these are enough. */
const kept = rows.filter(
  ({ pk }) =>
    !Object.entries(orders).some(
      ([name, each]) =>
        name.startsWith('plain_') && Number(name.slice(6)) > 3 && pk === `ORDER#${each.order_id}`,
    ),
);
const inOrder = kept.toSorted((one, other) => (`${one.pk} ${one.sk}` < `${other.pk} ${other.sk}` ? -1 : 1));
const { plain_1, plain_2, plain_3, story, other } = orders;
mkdirSync(new URL(`${release}/`, import.meta.url), { recursive: true });
writeFileSync(
  new URL(`${release}/rows.json`, import.meta.url),
  `${JSON.stringify({ release, tokens, orders: { plain_1, plain_2, plain_3, story, other }, answered, rows: inOrder }, null, 1)}\n`,
);
documents.destroy();
await stack.stop();
await dynamoDb.stop();
rmSync(folder, { recursive: true });
process.stdout.write(`${inOrder.length} rows, ${answered.length} answers\n`);
