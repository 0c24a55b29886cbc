import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Key, Row } from '../../functions/table/row.ts';
import type { Write } from '../../functions/table/write.ts';
import { answerLost, cancelled, internalError, reset, throttling } from '../support/wire.ts';
import { passingAt, WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();

/** What a write's condition means in these tests, with the row that it met. */
class Occupied extends Error {
  readonly current: Row | undefined;
  constructor(current: Row | undefined) {
    super('occupied');
    this.current = current;
  }
}

/** Puts a row where there is none. */
const putNew = (row: Row): Write => ({
  put: { Item: row, ConditionExpression: 'attribute_not_exists(pk)' },
  refused: (current) => new Occupied(current),
});
/** Counts one more in a row, if it is there. */
const increment = ({ pk, sk }: Key) => ({
  Key: { pk, sk },
  UpdateExpression: 'ADD #count :one',
  ConditionExpression: 'attribute_exists(pk)',
  ExpressionAttributeNames: { '#count': 'count' },
  ExpressionAttributeValues: { ':one': 1 },
});
const count = (key: Key): Write => ({
  update: increment(key),
  refused: () => new Error('there is no such counter'),
});
const newRow = (value = 'new') => ({ pk: randomUUID(), sk: 'row', value });
const tokensSent = () => db.wire.requests.map(({ input }) => input.ClientRequestToken);

describe('a transaction', () => {
  it('A transaction writes everything in one request', async () => {
    const [row, counter] = [newRow(), { ...newRow(), count: 1 }];
    await db.put(counter);
    await db.open().transact([putNew(row), count(counter)]);
    expect(await db.row(row)).toEqual(row);
    expect(await db.row(counter)).toMatchObject({ count: 2 });
    expect(db.wire.operations).toEqual(['TransactWriteItems']);
  });

  it('A transaction of which one condition does not hold writes nothing, and shows the row that it met', async () => {
    const [row, taken] = [newRow(), newRow('taken')];
    await db.put(taken);
    const outcome = db.open().transact([putNew(row), putNew({ ...taken, value: 'other' })]);
    await expect(outcome).rejects.toEqual(new Occupied(taken));
    await expect(outcome).rejects.toMatchObject({ current: taken });
    expect(await db.row(row)).toBeUndefined();
    expect(await db.row(taken)).toEqual(taken);
    expect(db.wire.requests).toHaveLength(1);
  });

  it('A transaction has no row to show for a condition on a row that is not there', async () => {
    await expect(db.open().transact([count(newRow())])).rejects.toThrow('there is no such counter');
  });

  it('A transaction of which two writes are refused gives the first one’s error', async () => {
    const taken = newRow('taken');
    await db.put(taken);
    await expect(db.open().transact([putNew(taken), count(newRow())])).rejects.toThrow('occupied');
  });
});

describe('a transaction that did not come about', () => {
  it.each([
    ['conflicts alone', cancelled('TransactionConflict', 'None')],
    ['throttling of a part', cancelled('ThrottlingError', 'TransactionConflict')],
    ['throttling of the whole', throttling],
  ])('A transaction that fails for %s is tried again, and then comes about', async (_, fault) => {
    const row = newRow();
    db.wire.fail('TransactWriteItems', fault, 3);
    await db.open().transact([putNew(row), putNew(newRow())]);
    expect(await db.row(row)).toEqual(row);
    expect(db.wire.requests).toHaveLength(4);
    expect(new Set(tokensSent()).size).toBe(1);
  });

  it('A transaction that conflicts is given up after four tries, or when the time is up', async () => {
    const row = newRow();
    const unavailable = { name: 'TableUnavailable', cause: { name: 'TransactionCanceledException' } };
    db.wire.fail('TransactWriteItems', cancelled('TransactionConflict'), 4);
    await expect(db.open().transact([putNew(row)])).rejects.toMatchObject({ ...unavailable, tries: 4 });
    expect(db.wire.requests).toHaveLength(4);

    const { deadline, fault } = passingAt(2, cancelled('TransactionConflict'));
    db.wire.fail('TransactWriteItems', fault, Number.POSITIVE_INFINITY);
    await expect(db.open(deadline).transact([putNew(row)])).rejects.toMatchObject(unavailable);
    expect(db.wire.requests).toHaveLength(6);
    expect(await db.row(row)).toBeUndefined();
  });

  it('A transaction that fails for a condition besides a conflict is judged when the conflict is over', async () => {
    const row = newRow();
    db.wire.fail('TransactWriteItems', cancelled('TransactionConflict', 'ConditionalCheckFailed'), 2);
    await expect(db.open().transact([putNew(row), count(newRow())])).rejects.toThrow(
      'there is no such counter',
    );
    expect(db.wire.requests).toHaveLength(3);
    expect(await db.row(row)).toBeUndefined();
  });

  it.each([
    ['a fault of ours besides a conflict', ['TransactionConflict', 'ValidationError'], 'injected'],
    ['no reason that it gives', [], 'injected'],
  ])('A transaction that fails for %s is not tried again', async (_, codes, message) => {
    db.wire.fail('TransactWriteItems', cancelled(...codes), Number.POSITIVE_INFINITY);
    await expect(db.open().transact([putNew(newRow()), count(newRow())])).rejects.toThrow(message);
    expect(db.wire.requests).toHaveLength(1);
  });

  it.each([
    ['inside DynamoDB', internalError],
    ['by a broken connection', reset],
  ])('A transaction that fails %s is tried three times', async (_, fault) => {
    db.wire.fail('TransactWriteItems', fault, 3);
    await expect(db.open().transact([putNew(newRow())])).rejects.toThrow();
    expect(db.wire.requests).toHaveLength(3);
  });
});

describe('a transaction whose answer was lost', () => {
  it('A transaction whose answer was lost has its effect once', async () => {
    const counter = { ...newRow(), count: 1 };
    await db.put(counter);
    db.wire.fail('TransactWriteItems', answerLost, 2);
    await db.open().transact([count(counter), putNew(newRow())]);
    expect(await db.row(counter)).toMatchObject({ count: 2 });
    expect(db.wire.requests).toHaveLength(3);
    expect(new Set(tokensSent()).size).toBe(1);
  });

  it('A transaction does not keep the next one like it from having its own effect', async () => {
    const counter = { ...newRow(), count: 1 };
    await db.put(counter);
    const table = db.open();
    await table.transact([count(counter)]);
    await table.transact([count(counter)]);
    expect(await db.row(counter)).toMatchObject({ count: 3 });
    expect(new Set(tokensSent()).size).toBe(2);
  });
});

describe('an update of one row', () => {
  it('An update of one row is tried again for throttling, and rejects when its condition does not hold', async () => {
    const counter = { ...newRow(), count: 1 };
    await db.put(counter);
    db.wire.fail('UpdateItem', throttling, 2);
    await db.open().update(increment(counter));
    expect(await db.row(counter)).toMatchObject({ count: 2 });
    await expect(db.open().update(increment(newRow()))).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
    });
    expect(db.wire.requests).toHaveLength(4);
  });
});
