import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DeploymentRecords } from '../../functions/deployments/deployment-records.ts';
import { deploymentCommands } from '../../ops/deployment.ts';
import { type FreshTable, freshTable } from '../support/dynamodb.ts';
import { aRouteRecord } from '../support/echo-route.ts';
import { runOps } from '../support/ops.ts';

let table: FreshTable;
let documents: DynamoDBDocumentClient;
beforeEach(async () => {
  table = await freshTable();
  documents = DynamoDBDocumentClient.from(table.client);
  const records = new DeploymentRecords(documents, table.tableName);
  const deployedAt = new Date('2026-11-01T10:00:00Z');
  await records.record('service', { name: 'orders', release: '1.2.3' }, deployedAt);
  await records.record('route', aRouteRecord('orders/update', '1.2.3'), deployedAt);
});
afterEach(() => table.remove());

/** What a command line prints. */
const run = (...words: string[]) =>
  runOps(deploymentCommands, { documents, tableName: table.tableName }, ...words);

it('Routes and services are listed with their state, release, time and version', async () => {
  expect(await run('routes', 'list')).toMatch(
    /^NAME .*\norders\/update +deployed +1\.2\.3 +2026-11-01T10:00:00\.000Z +7 +POST +orders +Does it\.\n$/,
  );
  expect(await run('services', 'list')).toMatch(/\norders +deployed +1\.2\.3 /);
});

it.each([
  ['routes', 'orders/update'],
  ['services', 'orders'],
])('An operator withdraws and restores %s', async (group, name) => {
  expect(await run(group, 'withdraw', name)).toContain(name);
  expect(await run(group, 'list')).toMatch(/withdrawn since 20/);
  await run(group, 'restore', name);
  expect(await run(group, 'list')).not.toContain('withdrawn');
});

it('A name that is not deployed is refused, and it is said where to look', async () => {
  await expect(run('routes', 'withdraw', 'orders/updates')).rejects.toThrow(
    'There is no route orders/updates',
  );
  expect(await run('routes', 'list')).not.toContain('updates');
});
