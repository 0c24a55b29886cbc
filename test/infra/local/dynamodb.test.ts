import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, expect, inject, test, vi } from 'vitest';
import { localClient, startDynamoDbLocal } from '../../../infra/local/dynamodb.ts';
import { createTable } from '../../../infra/local/dynamodb-table.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dynamodb-'));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const tables = async (endpoint: string) => {
  const client = localClient({ endpoint, accessKeyId: 'local' });
  const { TableNames } = await client.send(new ListTablesCommand({}));
  client.destroy();
  return TableNames;
};

const KEPT = {
  TableName: 'kept',
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
};

test('DynamoDB Local in memory has tables of its own for each access key', async () => {
  const endpoint = inject('dynamoDbEndpoint');
  const [mine, other] = [randomUUID(), randomUUID()].map((id) =>
    localClient({ endpoint, accessKeyId: id.replaceAll('-', '') }),
  ) as [DynamoDBClient, DynamoDBClient];
  await createTable(mine, KEPT);
  expect((await mine.send(new ListTablesCommand({}))).TableNames).toEqual(['kept']);
  expect((await other.send(new ListTablesCommand({}))).TableNames).toEqual([]);
  for (const client of [mine, other]) client.destroy();
});

test('Data in a folder outlive DynamoDB Local, and a table that is there is left as it is', async () => {
  const path = join(folder, 'not', 'there', 'yet');
  for (const before of [[], ['kept']]) {
    const dynamoDb = await startDynamoDbLocal({ path });
    const client = localClient({ endpoint: dynamoDb.endpoint, accessKeyId: 'local' });
    try {
      expect(await tables(dynamoDb.endpoint)).toEqual(before);
      await createTable(client, KEPT);
      expect(await tables(dynamoDb.endpoint)).toEqual(['kept']);
    } finally {
      client.destroy();
      await dynamoDb.stop();
    }
    await expect(tables(dynamoDb.endpoint)).rejects.toThrow('ECONNREFUSED');
    await dynamoDb.exited;
    await dynamoDb.stop();
  }
});

test('DynamoDB Local that did not start says why', async () => {
  vi.stubEnv('PATH', folder);
  await expect(startDynamoDbLocal()).rejects.toThrow(
    /DynamoDB Local did not start: it ended\n.*java.*ENOENT/,
  );
});

/** Addresses of this machine by which it must not be reached: those of its networks, and others of its own. */
const OTHERS = [
  ...Object.values(networkInterfaces()).flatMap((all = []) => all.filter(({ internal }) => !internal)),
  { address: '::1', scopeid: 0 },
  ...(process.platform === 'linux' ? [{ address: '127.0.0.2', scopeid: 0 }] : []),
].map(({ address, scopeid }) => (scopeid ? `${address}%${scopeid}` : address));

test.each(OTHERS)('DynamoDB Local is not reached by %s, but by 127.0.0.1 alone', async (host) => {
  const port = Number(new URL(inject('dynamoDbEndpoint')).port);
  await expect(once(connect({ host, port }), 'connect')).rejects.toMatchObject({ syscall: 'connect' });
  const socket = connect({ host: '127.0.0.1', port });
  await once(socket, 'connect');
  socket.destroy();
});

test('A Java that cannot compile what starts DynamoDB Local says so', async () => {
  await writeFile(
    join(folder, 'java'),
    '#!/bin/sh\necho "Module jdk.compiler not in boot Layer" >&2; exit 1',
    { mode: 0o755 },
  );
  vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
  await expect(startDynamoDbLocal()).rejects.toThrow(/did not start: it ended\nModule jdk\.compiler not/);
});

test('DynamoDB Local ends when the process that started it is killed', async () => {
  const module = JSON.stringify(new URL('../../../infra/local/dynamodb.ts', import.meta.url).href);
  const program = `const { startDynamoDbLocal } = await import(${module});
    console.log((await startDynamoDbLocal()).endpoint);`;
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [endpoint] = await once(createInterface(parent.stdout), 'line');
  expect(await tables(endpoint)).toEqual([]);
  parent.kill('SIGKILL');
  // Only the port tells when Java is gone.
  await expect
    .poll(() => tables(endpoint).catch((error) => error.message), { timeout: 20_000 })
    .toMatch('ECONNREFUSED');
});
