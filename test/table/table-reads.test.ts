import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { internalError, processing, reset, silence, throttling } from '../support/wire.ts';
import { passingAt, WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();

/** Rows that no other test has. */
const freshRows = async (count: number) => {
  const pk = randomUUID();
  const rows = Array.from({ length: count }, (_, index) => ({ pk, sk: `row ${index}`, value: index }));
  await db.put(...rows);
  return rows;
};
const freshRow = async () => {
  const row = { pk: randomUUID(), sk: 'row', value: 0 };
  await db.put(row);
  return row;
};
const keysSent = (): unknown[][] =>
  db.wire.requests.map(({ input }) =>
    input.RequestItems[db.name].Keys.map(({ sk }: { sk: { S: string } }) => sk.S),
  );

describe('what a table was asked', () => {
  it('A table counts how often DynamoDB was asked, again included, and for how long it was waited for', async () => {
    const row = await freshRow();
    const table = db.open();
    expect(table.asked).toEqual({ tries: 0, milliseconds: 0 });
    db.wire.fail('BatchGetItem', throttling, 2);
    expect(await table.get(row)).toEqual(row);
    expect(table.asked).toEqual({ tries: 3, milliseconds: expect.any(Number) });
    expect(table.asked.milliseconds).toBeGreaterThan(0);
  });
});

describe('reads of one moment', () => {
  it('Reads of one moment are one consistent BatchGetItem, and come back in the order asked for', async () => {
    const first = await freshRow();
    const second = await freshRow();
    const table = db.open();
    const keys = [second, { pk: 'nobody', sk: 'nothing' }, first];
    expect(await Promise.all(keys.map((key) => table.get(key)))).toEqual([second, undefined, first]);
    expect(db.wire.operations).toEqual(['BatchGetItem']);
    expect(db.wire.requests[0]?.input.RequestItems[db.name].ConsistentRead).toBe(true);
    expect(keysSent()).toEqual([['row', 'nothing', 'row']]);
  });

  it('Reads ask for a row once, however often it is wanted', async () => {
    const row = await freshRow();
    const table = db.open();
    const [a, b] = await Promise.all([table.get(row), table.get({ ...row })]);
    expect([a, b, await table.get(row)]).toEqual([row, row, row]);
    expect(keysSent()).toEqual([['row']]);
  });

  it('Reads go out in as many requests as it takes for more than the 100 keys of one', async () => {
    const rows = await freshRows(101);
    const table = db.open();
    expect(await Promise.all(rows.map((row) => table.get(row)))).toEqual(rows);
    expect(db.wire.operations).toEqual(['BatchGetItem', 'BatchGetItem']);
  });

  it('Reads show what was there when the request first asked', async () => {
    const row = await freshRow();
    const table = db.open();
    await table.get(row);
    await db.put({ ...row, value: 'changed' });
    expect(await table.get(row)).toEqual(row);
    expect(await db.open().get(row)).toMatchObject({ value: 'changed' });
  });
});

describe('a read that DynamoDB does in part', () => {
  it('A read that DynamoDB does in part asks again for the keys that were left, and for no others', async () => {
    const rows = await freshRows(5);
    db.wire.fail('BatchGetItem', processing(2));
    db.wire.fail('BatchGetItem', processing(1));
    const table = db.open();
    expect(await Promise.all(rows.map((row) => table.get(row)))).toEqual(rows);
    expect(keysSent()).toEqual([
      ['row 0', 'row 1', 'row 2', 'row 3', 'row 4'],
      ['row 2', 'row 3', 'row 4'],
      ['row 3', 'row 4'],
    ]);
    expect(db.wire.requests.every(({ input }) => input.RequestItems[db.name].ConsistentRead)).toBe(true);
  });

  it('A read that DynamoDB does in part is given up when the time is up', async () => {
    const rows = await freshRows(5);
    const { deadline, fault } = passingAt(3, processing(1));
    db.wire.fail('BatchGetItem', fault, Number.POSITIVE_INFINITY);
    const table = db.open(deadline);
    await expect(Promise.all(rows.map((row) => table.get(row)))).rejects.toMatchObject({
      name: 'TableUnavailable',
      cause: { name: 'Unprocessed' },
    });
    expect(db.wire.requests).toHaveLength(3);
  });
});

describe('a read that fails', () => {
  it('A read that is throttled is tried three times again, unless the time is up before that', async () => {
    const row = await freshRow();
    db.wire.fail('BatchGetItem', throttling, 3);
    expect(await db.open().get(row)).toEqual(row);
    expect(db.wire.requests).toHaveLength(4);

    db.wire.reset();
    db.wire.fail('BatchGetItem', throttling, Number.POSITIVE_INFINITY);
    const unavailable = { name: 'TableUnavailable', cause: { name: 'ThrottlingException' } };
    await expect(db.open().get(row)).rejects.toMatchObject({ ...unavailable, tries: 4 });
    expect(db.wire.requests).toHaveLength(4);

    db.wire.reset();
    const { deadline, fault } = passingAt(2, throttling);
    db.wire.fail('BatchGetItem', fault, Number.POSITIVE_INFINITY);
    await expect(db.open(deadline).get(row)).rejects.toMatchObject({ ...unavailable, tries: 2 });
    expect(db.wire.requests).toHaveLength(2);
  });

  it.each([
    ['inside DynamoDB', internalError, 'InternalServerError'],
    ['by a broken connection', reset, 'ECONNRESET'],
  ])('A read that fails %s is tried again twice, then rejects', async (_, fault, name) => {
    const row = await freshRow();
    db.wire.fail('BatchGetItem', fault, 2);
    expect(await db.open().get(row)).toEqual(row);
    expect(db.wire.requests).toHaveLength(3);

    db.wire.fail('BatchGetItem', fault, 3);
    const error: Error = await db
      .open()
      .get(row)
      .then(
        () => new Error('it was answered'),
        (reason) => reason,
      );
    const { name: known, code } = error.cause as Error & { code?: string };
    expect([error.name, known, code]).toEqual(expect.arrayContaining(['TableUnavailable', name]));
    expect(db.wire.requests).toHaveLength(6);
  });

  it('A read without an answer is tried again when the SDK has waited long enough', async () => {
    const row = await freshRow();
    db.wire.fail('BatchGetItem', silence);
    expect(await db.open().get(row)).toEqual(row);
    expect(db.wire.requests).toHaveLength(2);
  });

  it('A read without an answer waits no longer than the time that is left', async () => {
    const { deadline, fault } = passingAt(1, silence);
    db.wire.fail('BatchGetItem', fault);
    await expect(db.open(deadline).get({ pk: 'a', sk: 'b' })).rejects.toMatchObject({
      name: 'TableUnavailable',
      cause: { message: 'the time is up' },
    });
    expect(db.wire.requests).toHaveLength(1);
  });

  it('A read that fails for a fault of ours is not tried again', async () => {
    await expect(db.open().get({ pk: '', sk: 'an empty key is no key' })).rejects.toMatchObject({
      name: 'ValidationException',
    });
    expect(db.wire.requests).toHaveLength(1);
  });
});
