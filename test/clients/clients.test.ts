import { describe, expect, it } from 'vitest';
import { findClientId } from '../../functions/clients/client-list.ts';
import {
  findClient,
  type NewClient,
  rowOfClient,
  saveClient,
  saveDetails,
  withDetails,
} from '../../functions/clients/clients.ts';
import { randomId } from '../../functions/table/ids.ts';
import { ChangedMeanwhile } from '../../functions/table/until-unchanged.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();
const aClient = (more: Partial<NewClient> = {}): NewClient => ({
  client_id: randomId(),
  user_id: randomId(),
  name: 'Ana',
  email: 'ana@example.com',
  created_at: '2026-11-05T15:00:00.000Z',
  ...more,
});

it('A client is found as it was saved, by its id and by its address in any case', async () => {
  const ana = aClient({ email: 'ana@clients.example', phone: '1' });
  await db.open().transact(saveClient(ana));
  await db.open().transact(saveClient(aClient({ email: 'bob@clients.example' })));
  expect(await findClient(db.open(), ana.client_id)).toEqual(ana);
  expect(await findClientId(db.open(), 'Ana@Clients.example')).toBe(ana.client_id);
});

it('A client that is not there is not found', async () => {
  expect(await findClient(db.open(), randomId())).toBeUndefined();
  expect(await findClientId(db.open(), 'nobody@clients.example')).toBeUndefined();
});

it('A client of release 0.2, which does not say since when it is one, is found', async () => {
  const { created_at: _, ...ana } = aClient();
  await db.put(rowOfClient(ana));
  expect(await findClient(db.open(), ana.client_id)).toEqual(ana);
});

it('A row that is no client’s is a fault', async () => {
  const { email: _, ...row } = rowOfClient(aClient());
  await db.put(row);
  await expect(findClient(db.open(), Number(row.client_id))).rejects.toThrow();
});

describe('what a client says of itself', () => {
  const ana = aClient({ phone: '1', address: '1 Long Road' });

  it('What a client does not say anew stays, and an empty text takes away', () => {
    expect(withDetails(ana, { phone: '2', company_name: 'Ana & Co', address: '' })).toEqual({
      ...aClient({ client_id: ana.client_id, user_id: ana.user_id, phone: '2' }),
      company_name: 'Ana & Co',
    });
    expect(withDetails(ana, {})).toEqual(ana);
    expect(withDetails(ana, { company_name: '' })).toEqual(ana);
  });

  it.each([
    ['given', { company_name: 'Ana & Co' }],
    ['given and taken away', { phone: '2', address: '' }],
    ['taken away', { phone: '', address: '' }],
  ])(
    'What a client says is saved where it is %s, and nothing else of its row is touched',
    async (_, details) => {
      await db.put({ ...rowOfClient(ana), of_a_later_release: 7 });
      const after = withDetails(ana, details);
      await db.open().transact(saveDetails(ana, after));
      expect(await db.row({ pk: `CLIENT#${ana.client_id}`, sk: 'CLIENT' })).toEqual({
        ...rowOfClient(after),
        of_a_later_release: 7,
      });
    },
  );

  it('What a client has said before is not saved again', () => {
    expect(saveDetails(ana, withDetails(ana, { phone: '1' }))).toEqual([]);
  });

  it.each([
    ['one that was given', { phone: '2' }],
    ['one that was not', { company_name: 'Ana & Co' }],
    ['one that was taken away', { address: '' }],
  ])('What a client says is not saved on another state than it was read in: %s', async (_, details) => {
    await db.put(rowOfClient(ana));
    const writes = saveDetails(ana, withDetails(ana, { phone: '', address: '' }));
    await db.open().transact(saveDetails(ana, withDetails(ana, details)));
    await expect(db.open().transact(writes)).rejects.toThrow(ChangedMeanwhile);
    expect(await findClient(db.open(), ana.client_id)).toEqual(withDetails(ana, details));
  });

  it('What is said of a client that is gone makes none', async () => {
    const gone = aClient();
    const writes = saveDetails(gone, withDetails(gone, { phone: '3' }));
    await expect(db.open().transact(writes)).rejects.toThrow('the client is gone');
    expect(await findClient(db.open(), gone.client_id)).toBeUndefined();
  });
});
