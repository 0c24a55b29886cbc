/**
 * Prints what a page of each list and an update consume of DynamoDB's capacity, among 100 orders and among 10,000, as
 * DynamoDB Local tells: `npx node test/bench/capacity.ts`.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { rowOfClient } from '../../functions/clients/clients.ts';
import { rowsOfHistory } from '../../functions/orders/history-store.ts';
import type { Order } from '../../functions/orders/order.ts';
import { makeOrder } from '../../functions/orders/order-creation.ts';
import { rowOfOrder } from '../../functions/orders/order-row.ts';
import { randomId } from '../../functions/table/ids.ts';
import type { Row } from '../../functions/table/row.ts';
import { putRows } from '../../infra/local/demo.ts';
import { localClient, startDynamoDbLocal } from '../../infra/local/dynamodb.ts';
import { createTable } from '../../infra/local/dynamodb-table.ts';
import { provideJava } from '../../infra/local/java.ts';
import { synthesised } from '../../infra/local/synthesis.ts';
import { aSessionToken, deployed } from '../support/echo-route.ts';
import { aContext, anEvent, type Given } from '../support/events.ts';
import { anEmployee } from '../support/orders.ts';
import { Wire } from '../support/wire.ts';

const SIZES = [100, 10_000];
const CLIENTS = [11, 12, 13, 14];
const ROUTES = ['orders/list', 'orders/history', 'orders/update'];

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** A session of somebody with these roles, and its row. */
const sessionOf = (held: object) => {
  const now = new Date().toISOString();
  const none = { client_id: null, employee: false, liaison_for: null };
  return aSessionToken({ held: { ...none, ...held }, created_at: now, last_used_at: now });
};

/** A typical order of one of the clients, made some seconds before now, and the rows that it takes. */
const orderRows = (index: number): { order: Order; rows: Row[] } => {
  const now = new Date(Date.now() - index * 1_000);
  const { order, history } = makeOrder(
    {
      notes: 'Ring twice, the dog is friendly.',
      line_items: [
        { name: 'Gutter cleaning', quantity: 4 },
        { name: 'Window cleaning', quantity: 12 },
      ],
      appointment: { scheduled_for: '2999-03-01T09:00:00.000Z', duration_minutes: 90 },
    },
    CLIENTS[index % CLIENTS.length] ?? 0,
    { caller: anEmployee(), now, newId: randomId },
  );
  return { order, rows: [rowOfOrder(order), ...rowsOfHistory(history)] };
};

process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
process.env.POWERTOOLS_METRICS_DISABLED = 'true';
await provideJava();
const dynamoDb = await startDynamoDbLocal();
const wire = await Wire.start(dynamoDb.endpoint);
const client = localClient({ endpoint: dynamoDb.endpoint, accessKeyId: 'local' });
const documents = DynamoDBDocumentClient.from(client);
const [table] = (await synthesised(mkdtempSync(join(tmpdir(), 'plano-orders-')))).tables;
Object.assign(process.env, {
  AWS_ENDPOINT_URL_DYNAMODB: wire.endpoint,
  AWS_REGION: 'local',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  STAGE: 'bench',
  MANDRILL_KEY_PARAMETER: 'none',
  MANDRILL_URL: 'http://127.0.0.1:9',
  EMAIL_FROM: 'orders@example.com',
  EMAIL_FROM_NAME: 'Orders',
  MANDRILL_PATIENCE_MS: '5000',
});
const handlers = {
  list: (await import('../../functions/routes/orders/orders/list/handler.ts')).handler,
  history: (await import('../../functions/routes/orders/orders/history/handler.ts')).handler,
  update: (await import('../../functions/routes/orders/orders/update/handler.ts')).handler,
};

/** What a request consumes: requests to DynamoDB, and read and write units, indexes included. */
const measure = async (name: keyof typeof handlers, token: string, given: Given): Promise<string> => {
  wire.reset();
  let [reads, writes] = [0, 0];
  for (const operation of ['BatchGetItem', 'Query', 'TransactWriteItems']) {
    wire.fail(
      operation,
      async ({ input }, forward) => {
        const reply = await forward({ ...input, ReturnConsumedCapacity: 'INDEXES' });
        const units = [reply.output.ConsumedCapacity].flat().map((each) => Number(each?.CapacityUnits ?? 0));
        const sum = units.reduce((total, each) => total + each, 0);
        if (operation === 'TransactWriteItems') writes += sum;
        else reads += sum;
        return reply;
      },
      Number.POSITIVE_INFINITY,
    );
  }
  const event = anEvent({ ...given, headers: { authorization: `Bearer ${token}` } });
  const { statusCode, body } = await handlers[name](event, aContext());
  if (statusCode !== 200) throw new Error(`${name}: ${body}`);
  return `${wire.requests.length} requests, ${reads} RCU${writes > 0 ? `, ${writes} WCU` : ''}`;
};

const figures: Record<string, string[]> = {};
for (const size of SIZES) {
  const tableName = `bench-${randomUUID()}`;
  process.env.TABLE_NAME = tableName;
  await createTable(client, { ...table, TableName: tableName });
  const [employee, liaison, own] = [
    sessionOf({ employee: true }),
    sessionOf({ liaison_for: CLIENTS.slice(0, 2) }),
    sessionOf({ client_id: CLIENTS[0] }),
  ];
  const made = Array.from({ length: size }, (_, index) => orderRows(index));
  const rows: Row[] = [
    ...made.flatMap((each) => each.rows),
    ...[employee, liaison, own].map(({ row }) => row),
    ...CLIENTS.map((client_id) =>
      rowOfClient({ client_id, user_id: 1, name: 'Ada', email: 'ada@example.com' }),
    ),
    ...ROUTES.flatMap((path) => deployed(path)),
  ];
  const unique = [...new Map(rows.map((row) => [`${row.pk} ${row.sk}`, row])).values()];
  await putRows(documents, tableName, unique);
  const [{ order } = orderRows(0)] = made;
  const update = {
    order_id: order.order_id,
    updated_at: order.updated_at,
    notes: 'Please use the side gate.',
    appointment: { appt_id: order.appointments[0]?.appt_id },
  };
  const since = new Date(Date.now() - 50_000).toISOString();
  const cases: [string, keyof typeof handlers, string, Given][] = [
    ['a client’s orders', 'list', own.token, {}],
    ['a client’s orders of one status', 'list', own.token, { query: { status: 'open' } }],
    ['the orders of a liaison’s two clients', 'list', liaison.token, {}],
    ['all orders', 'list', employee.token, {}],
    ['all orders of one status', 'list', employee.token, { query: { status: 'open' } }],
    ['all orders of one client', 'list', employee.token, { query: { client_id: '12' } }],
    ['all orders since a time', 'list', employee.token, { query: { updated_since: since } }],
    ['an order’s history', 'history', employee.token, { query: { order_id: String(order.order_id) } }],
    ['an update of notes', 'update', employee.token, { params: update }],
  ];
  // The first request of a function reads besides what is deployed.
  await measure('list', employee.token, {});
  await measure('history', employee.token, { query: { order_id: String(order.order_id) } });
  await measure('update', employee.token, { params: { ...update, notes: order.notes } });
  for (const [what, name, token, given] of cases) {
    figures[what] = [...(figures[what] ?? []), await measure(name, token, given)];
  }
}
say(`| a page of 25 | among ${SIZES.map((size) => size.toLocaleString('en')).join(' | among ')} |`);
say('| --- | --- | --- |');
for (const [what, costs] of Object.entries(figures)) say(`| ${what} | ${costs.join(' | ')} |`);

client.destroy();
await wire.stop();
await dynamoDb.stop();
