import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fingerprintOf, IdempotencyKey, KeyUsed, type Owner } from '../../functions/table/idempotency-key.ts';
import type { IdempotencyRecord } from '../../functions/table/idempotency-record.ts';
import type { Row } from '../../functions/table/row.ts';
import type { Table } from '../../functions/table/table.ts';
import type { Write } from '../../functions/table/write.ts';
import { NOW } from '../support/sessions.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();
interface Place extends Partial<Owner> {
  route?: string;
}
const keyed = (
  table: Table,
  key: string,
  { route = 'orders/create', whose = 'user:1', ...owner }: Place = {},
) => new IdempotencyKey(table, route, { whose, ...owner }, key, NOW);
const record = {
  fingerprint: 'f',
  status: 'action-successful',
  message: 'Done.',
  data_json: '{"order":{"order_id":7,"client_id":3,"notes":null}}',
  email_ids: [9],
};
const something = (): Write => ({ put: { Item: { pk: randomUUID(), sk: 'x' } }, refused: () => new Error() });

/** What a transaction that remembers a request finds remembered already. */
const foundBy = async (...writes: Write[]): Promise<unknown> => {
  const error = await db
    .open()
    .transact([...writes, something()])
    .catch((thrown: unknown) => thrown);
  return error instanceof KeyUsed ? error.record : error;
};

describe('a fingerprint', () => {
  const params = { b: [{ d: 1, c: '2' }], a: null, e: { g: true, f: [] } };

  it('A fingerprint is the same in whatever order the parameters are written', () => {
    expect(fingerprintOf({ e: { f: [], g: true }, a: null, b: [{ c: '2', d: 1 }] })).toBe(
      fingerprintOf(params),
    );
  });

  it.each<Record<string, unknown>>([
    { ...params, a: 0 },
    { ...params, h: undefined, b: [{ d: '1', c: '2' }] },
    { ...params, e: { g: true } },
    { ...params, b: [{ c: '2' }, { d: 1 }] },
  ])('A fingerprint is another of other parameters: %j', (other) => {
    expect(fingerprintOf(other)).not.toBe(fingerprintOf(params));
  });

  it('A fingerprint says nothing of a password', () => {
    expect(fingerprintOf({ ...params, password: 'one' })).toBe(fingerprintOf({ ...params, password: 'two' }));
  });
});

describe('a key', () => {
  it('A key is unknown until the transaction of its request, and then gives what was answered', async () => {
    const key = randomUUID();
    expect(await keyed(db.open(), key).find()).toBeUndefined();
    await db.open().transact([...keyed(db.open(), key).saved(record), something()]);
    expect(await keyed(db.open(), key).find()).toMatchObject(record);
  });

  it('A key lets one of several transactions commit, and tells the others what was answered', async () => {
    const key = randomUUID();
    const one = keyed(db.open(), key).saved(record);
    const other = keyed(db.open(), key).saved({ ...record, fingerprint: 'g' });
    expect(await foundBy(...one)).toBeUndefined();
    expect(await foundBy(...other)).toMatchObject(record);
  });

  it('A key is another for another route or caller, however they are spelt', async () => {
    const key = randomUUID();
    await db.open().transact(keyed(db.open(), key).saved(record));
    for (const place of [{ route: 'orders/update' }, { whose: 'user:2' }, { whose: 'application:1' }]) {
      expect(await keyed(db.open(), key, place).find()).toBeUndefined();
    }
  });

  it('A key is remembered for a day', async () => {
    const key = randomUUID();
    const [write] = keyed(db.open(), key).saved(record);
    expect(write?.put?.Item?.expires_at).toBe(NOW.getTime() / 1_000 + 24 * 60 * 60);
  });
});

describe('a key that was another’s for release 0.2', () => {
  const FORMERLY = { formerly: 'anyone' };
  /** What release 0.2 has remembered of a request with these parameters. */
  const doneBy02 = async (key: string, fingerprint: string) => {
    const [write] = keyed(db.open(), key, { whose: 'anyone' }).saved({ ...record, fingerprint });
    const { status, message, data_json, schema_version, ...Item } = write?.put?.Item ?? {};
    await db.put({ ...Item, data: JSON.parse(String(data_json)) } as Row);
  };

  it('A key of release 0.2 lets no request be done that was done then, and tells what was answered', async () => {
    const key = randomUUID();
    await doneBy02(key, record.fingerprint);
    const before = await foundBy(...keyed(db.open(), key, FORMERLY).saved(record));
    expect(before).toMatchObject(record);

    const again = keyed(db.open(), key, FORMERLY);
    expect(await foundBy(again.resalted(before as IdempotencyRecord))).toBeUndefined();
    expect(await foundBy(...keyed(db.open(), key, FORMERLY).saved(record))).toMatchObject({ ...record });
  });

  it('A key is free though another’s request had it in release 0.2', async () => {
    const key = randomUUID();
    await doneBy02(key, 'g');
    expect(await foundBy(...keyed(db.open(), key, FORMERLY).saved(record))).toBeUndefined();
    expect(await keyed(db.open(), key).find()).toMatchObject(record);
  });
});

describe('a session’s token', () => {
  it('A session’s token is the same for the same password and record only', async () => {
    const text = randomUUID();
    const [seed, other] = [randomBytes(32), randomBytes(32)];
    const first = keyed(db.open(), text);
    await db.open().transact(first.saved(record));
    const again = keyed(db.open(), text);
    const found = await again.find();
    const token = first.sessionToken(seed);
    expect(token).toMatch(/^ses_[\w-]{43}$/);
    expect(again.sessionToken(seed, found)).toBe(token);
    expect(again.sessionToken(other, found)).not.toBe(token);
    expect(again.sessionToken(seed)).not.toBe(token);
    expect(JSON.stringify(await db.rows('IDEMPOTENCY#'))).not.toContain(token.slice(4));
  });

  it('A session’s token is replaced by one of several requests, and the others get to know', async () => {
    const text = randomUUID();
    await db.open().transact(keyed(db.open(), text).saved(record));
    const [one, other] = [keyed(db.open(), text), keyed(db.open(), text)];
    const found = await one.find();
    if (found === undefined) throw new Error('nothing is remembered');
    expect(await foundBy(one.resalted(found))).toBeUndefined();
    const renewed = await foundBy(other.resalted(found));
    expect(renewed).toMatchObject(record);
    expect(renewed).toEqual(await one.find());
    expect(renewed).not.toEqual(found);
  });
});
