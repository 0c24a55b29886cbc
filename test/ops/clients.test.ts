import { beforeEach, expect, it } from 'vitest';
import { rowsOfClient } from '../../functions/clients/clients.ts';
import { clientCommands } from '../../ops/clients.ts';
import { runOps } from '../support/ops.ts';
import { WiredTable } from '../support/wired-table.ts';

/** What operators see of clients. */
const db = new WiredTable();
beforeEach(async () => {
  await db.clear();
  for (const [index, name] of ['Ada Brook', 'Bob', 'Cleo'].entries()) {
    const email = `${name.split(' ')[0]?.toLowerCase()}@example.com`;
    const created_at = `2026-10-0${index + 1}T09:00:00.000Z`;
    const client = {
      client_id: 50 + index,
      user_id: 90 + index,
      name,
      email,
      created_at,
      email_verified: index > 0,
    };
    await db.put(...rowsOfClient(client));
  }
});
const ops = (...words: string[]) =>
  runOps(clientCommands, { documents: db.client, tableName: db.name }, 'clients', ...words);
const ids = (printed: string) => [...printed.matchAll(/^(\d+) /gm)].map(([, id]) => id);

it('Clients are listed from the newest on, some at a time', async () => {
  expect(ids(await ops('list'))).toEqual(['52', '51', '50']);
  const first = await ops('list', '--limit', '2');
  expect(ids(first)).toEqual(['52', '51']);
  expect(first).toContain('clients list --after 51');
  expect(ids(await ops('list', '--after', '51'))).toEqual(['50']);
});

it('A client is shown by its id or its address, with whether anything is sent there', async () => {
  for (const name of ['50', 'ADA@example.com']) {
    const printed = await ops('show', name);
    for (const fact of ['client_id  50', 'user_id    90', 'Ada Brook', 'verified   no']) {
      expect(printed).toContain(fact);
    }
  }
  expect(await ops('show', '51')).toContain('verified   yes');
  for (const name of ['4711', 'nobody@example.com']) {
    await expect(ops('show', name)).rejects.toThrow(`There is no client ${name}`);
  }
});
