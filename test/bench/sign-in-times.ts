/**
 * Measures whether times tell who has an account: so many sign-ins with a wrong password, and requests for another password, for an
 * address that a user has and for one that nobody has, from a source that is familiar and from one that is not, in turns, on the whole
 * stack on this machine: `npx node test/bench/sign-in-times.ts [count] [cost of scrypt]`. Prints the times in milliseconds, and by how
 * many standard deviations the ranks of the two addresses differ (Mann and Whitney): beyond 3 they can be told apart.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import {
  MESSAGE_LIMIT,
  RESET_LIMIT,
  RESET_SOURCE_LIMIT,
  SIGN_IN_LIMIT,
  SIGN_IN_SOURCE_LIMIT,
} from '../../functions/accounts/attempt-limits.ts';
import { attemptsKey } from '../../functions/accounts/attempts.ts';
import { familiarSource } from '../../functions/accounts/familiar-sources.ts';
import { hashPassword } from '../../functions/accounts/passwords.ts';
import { BASE_PATH } from '../../functions/contract/define-route.ts';
import { putRows } from '../../infra/local/demo.ts';
import { localClient, startDynamoDbLocal } from '../../infra/local/dynamodb.ts';
import { provideJava } from '../../infra/local/java.ts';
import { startLocalStack } from '../../infra/local/stack.ts';
import { synthesised } from '../../infra/local/synthesis.ts';
import { aUser } from '../support/users.ts';

const COUNT = Number(process.argv[2] ?? 200);
const COST = process.argv[3] ?? String(2 ** 12);
const SOURCES = { familiar: '127.0.0.50', unfamiliar: '127.0.0.51' };

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const folder = mkdtempSync(join(tmpdir(), 'plano-orders-times-'));
await provideJava();
const dynamoDb = await startDynamoDbLocal();
const environment = { SCRYPT_COST: COST };
const stack = await startLocalStack({
  assembly: await synthesised(join(folder, 'cdk.out')),
  database: { endpoint: dynamoDb.endpoint, accessKeyId: 'times' },
  port: 0,
  folder,
  schedules: false,
  environment,
});
const { tableName: TableName, url } = stack;
const documents = DynamoDBDocumentClient.from(localClient(stack.database));

const { user, rows } = aUser({}, (await hashPassword('a good password', environment)).hashed);
const ADDRESSES = { known: user.email, unknown: 'nobody.at.all@example.com' };
await putRows(documents, TableName, [
  ...rows,
  familiarSource(user.email, SOURCES.familiar, new Date()).put?.Item ?? {},
]);

/** Posts to a sensitive route from a source; how many milliseconds the answer took. */
const timed = async (path: string, params: object, localAddress: string): Promise<number> => {
  const body = Buffer.from(JSON.stringify(params)).toString('base64');
  const startedAt = performance.now();
  await new Promise<void>((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': body.length };
    const sent = request(
      `${url}${BASE_PATH}/${path}`,
      { method: 'POST', headers, localAddress },
      (answer) => {
        if (answer.statusCode === 429 || answer.statusCode === 500)
          reject(new Error(`${path}: ${answer.statusCode}`));
        answer.resume().once('end', resolve);
      },
    );
    sent.once('error', reject).end(body);
  });
  return performance.now() - startedAt;
};

/** Nothing was attempted yet, so that no limit is met. */
const forgetAttempts = async (email: string, source: string): Promise<void> => {
  const counters = [
    attemptsKey(SIGN_IN_LIMIT, email),
    attemptsKey(MESSAGE_LIMIT, email),
    attemptsKey(RESET_LIMIT, email),
    attemptsKey(SIGN_IN_SOURCE_LIMIT, source),
    attemptsKey(RESET_SOURCE_LIMIT, source),
  ];
  for (const key of counters) {
    await documents.send(new PutCommand({ TableName, Item: { ...key, failures: [] } }));
  }
};

const at = (times: readonly number[], part: number): number =>
  times.toSorted((one, other) => one - other)[Math.floor(times.length * part)] ?? 0;

/** How far the ranks of two lists of equal length are apart, in standard deviations of what chance does. */
const ranksApart = (some: readonly number[], others: readonly number[]): number => {
  const count = some.length;
  const above = some.reduce((sum, time) => sum + others.filter((other) => time > other).length, 0);
  return (above - count ** 2 / 2) / Math.sqrt((count ** 2 * (2 * count + 1)) / 12);
};

const ROUTES = {
  'sessions/create': (email: string) => ({ email, password: 'a wrong password' }),
  'users/request_password_reset': (email: string) => ({ email }),
};
for (const [path, paramsOf] of Object.entries(ROUTES)) {
  for (const [sourceName, source] of Object.entries(SOURCES)) {
    const times: Record<keyof typeof ADDRESSES, number[]> = { known: [], unknown: [] };
    // The first ones start instances, and are not counted.
    for (let round = -10; round < COUNT; round += 1) {
      const names = Object.keys(ADDRESSES) as (keyof typeof ADDRESSES)[];
      for (const name of round % 2 === 0 ? names : names.toReversed()) {
        await forgetAttempts(ADDRESSES[name], source);
        const time = await timed(path, paramsOf(ADDRESSES[name]), source);
        if (round >= 0) times[name].push(time);
      }
    }
    for (const [name, each] of Object.entries(times)) {
      const [median, tenth, ninetieth] = [0.5, 0.1, 0.9].map((part) => at(each, part).toFixed(2));
      say(
        `${path}  ${sourceName}  ${name}: median ${median}, 10 % ${tenth}, 90 % ${ninetieth} ms (${each.length})`,
      );
    }
    say(`${path}  ${sourceName}: z ${ranksApart(times.known, times.unknown).toFixed(2)}`);
  }
}

await stack.stop();
documents.destroy();
await dynamoDb.stop();
rmSync(folder, { recursive: true, force: true });
