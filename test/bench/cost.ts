/**
 * Prints what a million updates cost, worked out from what some hundred of them take on this machine:
 * `npx node test/bench/cost.ts`.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBDocumentClient, GetCommand, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { orderKey } from '../../functions/orders/order-row.ts';
import { partitions } from '../../functions/table/partitions.ts';
import { localClient, startDynamoDbLocal } from '../../infra/local/dynamodb.ts';
import { provideJava } from '../../infra/local/java.ts';
import { startLocalStack } from '../../infra/local/stack.ts';
import { synthesised } from '../../infra/local/synthesis.ts';
import { sizeOf, unitsOfWrite } from './units.ts';

/** USD in us-east-1, without free tiers and discounts, as AWS lists them in November 2026; a month has 30 days. */
const PRICES = {
  gatewayRequest: 1.0 / 1e6,
  lambdaRequest: 0.2 / 1e6,
  /** arm64. */
  lambdaGbSecond: 0.0000133334,
  /** On demand. */
  readUnit: 0.125 / 1e6,
  writeUnit: 0.625 / 1e6,
  /** Of what functions write, and of the gateway's log. */
  logGigabyte: 0.5,
};
const MILLION = 1e6;
const GIGABYTE = 1e9;

/** How many updates are measured, after so many that warm the function up. */
const [MEASURED, WARMING] = [300, 50];
const FUNCTION = 'plano-orders-dev-orders-update';

/** Lambda's own lines of a call (START, END, REPORT), as "Lambda log formats" of its guide has them. */
const PLATFORM_BYTES = 340;
/** One line of the gateway's log, with values as long as they are on AWS, and a gateway's id in it. */
const ACCESS_BYTES = 430;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

await provideJava();
const dynamoDb = await startDynamoDbLocal();
const database = { endpoint: dynamoDb.endpoint, accessKeyId: 'local' };
const folder = mkdtempSync(join(tmpdir(), 'plano-orders-'));
const assembly = await synthesised(join(folder, 'cdk.out'));
const stack = await startLocalStack({ assembly, port: 0, folder, database, schedules: false });
const documents = DynamoDBDocumentClient.from(localClient(database));
const log = join(stack.logs, `${FUNCTION}.log`);

const demo = stack.demo.orders.plain_1;
if (demo === undefined) throw new Error('there is no demo order plain_1');
let { updated_at } = demo;
const update = async (number: number): Promise<void> => {
  const response = await fetch(`${stack.url}/api/v1/orders/update`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${stack.demo.tokens.employee}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
    body: JSON.stringify({
      order_id: demo.order_id,
      updated_at,
      notes: `Please use the side gate, number ${number}.`,
      appointment: { appt_id: demo.appt_id },
    }),
  });
  const answer = (await response.json()) as { status: string; data: { order: { updated_at: string } } };
  if (answer.status !== 'action-successful') throw new Error(answer.status);
  updated_at = answer.data.order.updated_at;
};

for (let number = 0; number < WARMING; number += 1) await update(number);
const before = statSync(log).size;
for (let number = 0; number < MEASURED; number += 1) await update(number);
const lines = readFileSync(log).subarray(before).toString().trim().split('\n');
const logBytes = (statSync(log).size - before) / MEASURED;
const durations = lines
  .map((line) => JSON.parse(line).duration_ms)
  .filter((duration) => duration !== undefined)
  .toSorted((one, other) => one - other);
const median = durations[Math.floor(durations.length / 2)];

const { Item: order } = await documents.send(
  new GetCommand({ TableName: stack.tableName, Key: orderKey(demo.order_id) }),
);
const { Items: history = [] } = await documents.send(
  new QueryCommand({
    TableName: stack.tableName,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': orderKey(demo.order_id).pk },
    ScanIndexForward: false,
  }),
);
const change = history.find(({ sk }) => sk !== orderKey(demo.order_id).sk);
// Each was made by an update like this one.
const records = await documents.send(
  new ScanCommand({
    TableName: stack.tableName,
    FilterExpression: 'begins_with(pk, :records)',
    ExpressionAttributeValues: { ':records': partitions.idempotency },
  }),
);
const rows = [order, change, records.Items?.[0]];
// A transaction writes each row twice; each of the two indexes has its entry deleted and put anew.
const written = rows.reduce((sum, row) => sum + unitsOfWrite(row, row, true), 0) + 2 * 2;
// The session, its use and the order.
const read = 3;

const { memoryMb = 0 } = assembly.functions.find(({ name }) => name === FUNCTION) ?? {};
const allLogBytes = logBytes + PLATFORM_BYTES + ACCESS_BYTES;
const gbSeconds = (memoryMb / 1_024) * (median / 1_000);
const costs: [what: string, figure: string, usd: number][] = [
  ['API Gateway', '1 request', PRICES.gatewayRequest],
  ['Lambda, calls', '1 call', PRICES.lambdaRequest],
  ['Lambda, time', `${median} ms of ${memoryMb} MB`, gbSeconds * PRICES.lambdaGbSecond],
  ['DynamoDB, reads', `${read} units`, read * PRICES.readUnit],
  ['DynamoDB, writes', `${written} units`, written * PRICES.writeUnit],
  ['Logs', `${Math.round(allLogBytes)} bytes`, (allLogBytes / GIGABYTE) * PRICES.logGigabyte],
];
say('| | an update | a million, USD |');
say('| --- | --- | --- |');
for (const [what, figure, usd] of costs) say(`| ${what} | ${figure} | ${(usd * MILLION).toFixed(2)} |`);
say(`| **Together** | | **${(costs.reduce((sum, [, , usd]) => sum + usd, 0) * MILLION).toFixed(2)}** |`);
say(`\nrows: ${rows.map(sizeOf).join(', ')} bytes; function's log: ${Math.round(logBytes)} bytes`);

documents.destroy();
await stack.stop();
await dynamoDb.stop();
