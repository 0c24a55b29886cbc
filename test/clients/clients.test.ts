import { expect, it } from 'vitest';
import { findClient, rowOfClient } from '../../functions/clients/clients.ts';
import { randomId } from '../../functions/table/ids.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();
const client = () => ({ client_id: randomId(), user_id: randomId(), name: 'Ana', email: 'ana@example.com' });

it('A client is found as it was saved', async () => {
  const ana = client();
  await db.put(rowOfClient(ana), rowOfClient(client()));
  expect(await findClient(db.open(), ana.client_id)).toEqual(ana);
});

it('A client that is not there is not found', async () => {
  expect(await findClient(db.open(), randomId())).toBeUndefined();
});

it('A row that is no client’s is a fault', async () => {
  const { email: _, ...row } = rowOfClient(client());
  await db.put(row);
  await expect(findClient(db.open(), Number(row.client_id))).rejects.toThrow();
});
