import { beforeEach, describe, expect, it } from 'vitest';
import { rowInClients } from '../../functions/clients/client-list.ts';
import { findAllClients, findClientsOf } from '../../functions/clients/client-listing.ts';
import { rowOfClient, rowsOfClient } from '../../functions/clients/clients.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();
const aClient = (client_id: number, day: number) => ({
  client_id,
  user_id: client_id,
  name: `Client ${client_id}`,
  email: `client-${client_id}@example.com`,
  created_at: `2026-11-0${day}T15:00:00.000Z`,
});
/** Two of them have become clients in the same moment. */
const CLIENTS = [aClient(1, 1), aClient(2, 2), aClient(3, 2), aClient(4, 3)];
const idsOf = (clients: readonly { client_id: number }[]) => clients.map(({ client_id }) => client_id);

beforeEach(async () => {
  await db.clear();
  await db.put(...CLIENTS.flatMap(rowsOfClient));
});

type Find = (start: { after: string | undefined; limit: number }) => ReturnType<typeof findAllClients>;
const all: Find = (start) => findAllClients(db.open(), start);
const some: Find = (start) => findClientsOf(db.open(), [1, 2, 3, 4, 5], start);

describe.each([
  ['all clients', all],
  ['some clients', some],
])('a list of %s', (what, find) => {
  it(`A list of ${what} has the newest first`, async () => {
    const page = await find({ after: undefined, limit: 4 });
    expect(page).toEqual({ items: CLIENTS.toReversed(), next: undefined });
  });

  it(`A list of ${what} goes on page by page, with each client once`, async () => {
    const pages: number[][] = [];
    let after: string | undefined;
    do {
      const { items, next } = await find({ after, limit: 2 });
      pages.push(idsOf(items));
      after = next;
    } while (after !== undefined);
    expect(pages).toEqual([
      [4, 3],
      [2, 1],
    ]);
  });

  it(`A list of ${what} is without one that cannot be read, and goes on`, async () => {
    await db.put({ pk: 'CLIENT#4', sk: 'CLIENT' });
    const { items, next } = await find({ after: undefined, limit: 2 });
    const rest = await find({ after: next, limit: 2 });
    expect(idsOf([...items, ...rest.items])).toEqual([3, 2, 1]);
  });
});

it('A list of some clients has no others, and those of release 0.2 last', async () => {
  const { created_at: _, ...early } = aClient(6, 9);
  await db.put(rowOfClient(early));
  const { items } = await findClientsOf(db.open(), [6, 2], { after: undefined, limit: 9 });
  expect(idsOf(items)).toEqual([2, 6]);
});

it('A list of all clients is without one that is gone', async () => {
  await db.put(rowInClients(aClient(7, 9)));
  expect(idsOf((await all({ after: undefined, limit: 9 })).items)).toEqual([4, 3, 2, 1]);
});
