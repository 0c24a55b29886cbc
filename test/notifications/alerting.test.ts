import { beforeEach, describe, expect, it } from 'vitest';
import { findUnalerted, markAlerted, takeUnalerted } from '../../functions/notifications/alerting.ts';
import type { Notification } from '../../functions/notifications/notification.ts';
import { acknowledged } from '../../functions/notifications/notification-store.ts';
import { occur } from '../support/behind.ts';
import { NOW } from '../support/sessions.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();
beforeEach(() => db.clear());

const [PAUSE, HOUR, DAY] = [600, 3_600, 86_400];
const later = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1_000);
const find = (at = NOW) => findUnalerted(db.open(), 'test', at);
/** The only one that nobody was alerted for. */
const findOne = async (at = NOW): Promise<Notification> => {
  const [found, ...others] = await find(at);
  if (found === undefined || others.length > 0) throw new Error(`${others.length} others`);
  return found;
};
const take = (notification: Notification, at = NOW) => takeUnalerted(db.open(), notification, at);
const acknowledge = (notification: Notification) =>
  db.open().transact([acknowledged(notification, 'Erin', NOW)]);
/** Takes one that can be taken. */
const taken = async (notification: Notification, at = NOW) => {
  const leased = await take(notification, at);
  if (leased === undefined) throw new Error('it could not be taken');
  return leased;
};

it('Whoever takes a notification gets it as it is by then', async () => {
  const { cause } = await occur(db.open(), {}, NOW);
  const found = await findOne();
  await occur(db.open(), { cause, request_id: 'second' }, later(1));
  const { notification } = await taken(found);
  expect(notification).toEqual({
    ...found,
    occurrences: 2,
    last_at: later(1).toISOString(),
    last_request_id: 'second',
  });
});

it('Of many that take a notification at once, one gets it', async () => {
  await occur(db.open());
  const found = await findOne();
  const all = await Promise.all(Array.from({ length: 10 }, () => take(found)));
  expect(all.filter((leased) => leased !== undefined)).toHaveLength(1);
});

describe('while it is leased', () => {
  it('A notification that is leased is found and got by nobody for half a minute', async () => {
    await occur(db.open());
    const found = await findOne();
    await take(found);
    expect(await find(later(29))).toEqual([]);
    expect(await take(found, later(29))).toBeUndefined();
    expect(await findOne(later(30))).toEqual(found);
    expect(await take(found, later(30))).toBeDefined();
  });

  it('A mark that comes when another has the notification leaves it to that one', async () => {
    await occur(db.open(), {}, NOW);
    const found = await findOne();
    const late = await taken(found);
    const current = await taken(found, later(31));
    await markAlerted(db.open(), late, later(32));
    expect(await take(found, later(33))).toBeUndefined();
    await markAlerted(db.open(), current, later(33));
    expect(await find(later(DAY))).toEqual([]);
  });
});

/** Has people alerted for the only one for which they are to be. */
const alerted = async (at: Date) => {
  const leased = await taken(await findOne(at), at);
  await markAlerted(db.open(), leased, at);
  return leased;
};

describe('once people were alerted', () => {
  it('A notification that does not go on is never found again', async () => {
    await occur(db.open(), {}, NOW);
    await alerted(later(1));
    expect(await find(later(DAY))).toEqual([]);
  });

  it('A notification that goes on is found again after an hour, and not before, with what was known of it then', async () => {
    const { cause } = await occur(db.open(), {}, NOW);
    expect((await alerted(NOW)).former).toBeUndefined();
    await occur(db.open(), { cause }, later(1));
    await occur(db.open(), { cause }, later(2));
    expect(await find(later(HOUR - 1))).toEqual([]);
    const { notification, former } = await alerted(later(HOUR));
    expect(notification.occurrences).toBe(3);
    expect(former).toEqual({ at: NOW.toISOString(), occurrences: 1 });
    await occur(db.open(), { cause }, later(HOUR + 1));
    expect(await find(later(2 * HOUR - 1))).toEqual([]);
    expect((await alerted(later(2 * HOUR))).former).toMatchObject({ occurrences: 3 });
  });

  it('A notification that was acknowledged and opens again is found when ten minutes are over, and not before', async () => {
    const { cause } = await occur(db.open(), {}, NOW);
    const { notification } = await alerted(NOW);
    await acknowledge(notification);
    await occur(db.open(), { cause }, later(1));
    expect(await find(later(PAUSE - 1))).toEqual([]);
    expect(await take(notification, later(PAUSE - 1))).toBeUndefined();
    expect(await findOne(later(PAUSE))).toMatchObject({ cause, occurrences: 2 });
  });

  it('A notification that opens again long after it was acknowledged is found at once', async () => {
    const { cause } = await occur(db.open(), {}, NOW);
    await acknowledge((await alerted(NOW)).notification);
    expect(await find(later(DAY))).toEqual([]);
    await occur(db.open(), { cause }, later(DAY));
    expect(await findOne(later(DAY))).toMatchObject({ cause });
  });

  it('Of many that take a notification that goes on, one gets it', async () => {
    const { cause } = await occur(db.open(), {}, NOW);
    await alerted(NOW);
    await occur(db.open(), { cause }, later(1));
    const found = await findOne(later(HOUR));
    const all = await Promise.all(Array.from({ length: 10 }, () => take(found, later(HOUR))));
    expect(all.filter((leased) => leased !== undefined)).toHaveLength(1);
  });
});

describe('beside release 0.2, which marks and acknowledges by `paged_at` alone', () => {
  /** Marks as it does. */
  const markedBy02 = async ({ kind, cause }: Notification, at: Date) => {
    const key = { pk: 'NOTIFICATION', sk: `${kind}#${cause}` };
    const { page_leased_until: _, ...row } = (await db.row(key)) ?? {};
    await db.put({ ...row, ...key, paged_at: at.toISOString() });
  };

  it('What release 0.2 has alerted people for is not found, until it has gone on for an hour', async () => {
    const { cause } = await occur(db.open(), {}, NOW);
    await markedBy02(await findOne(), NOW);
    expect(await find(later(HOUR))).toEqual([]);
    await occur(db.open(), { cause }, later(1));
    expect(await find(later(HOUR - 1))).toEqual([]);
    const { former } = await alerted(later(HOUR));
    expect(former).toBeUndefined();
  });

  it('What this release has alerted people for, and then release 0.2, is found an hour after that', async () => {
    const { cause } = await occur(db.open(), {}, NOW);
    const { notification } = await alerted(NOW);
    await occur(db.open(), { cause }, later(HOUR));
    await markedBy02(notification, later(HOUR));
    await occur(db.open(), { cause }, later(HOUR + 1));
    expect(await find(later(2 * HOUR - 1))).toEqual([]);
    expect(await findOne(later(2 * HOUR))).toMatchObject({ cause });
  });
});

it('Finding what people are to be alerted for takes one query, whatever else there is', async () => {
  await occur(db.open(), {}, NOW);
  await alerted(NOW);
  await occur(db.open());
  db.wire.reset();
  expect(await find()).toHaveLength(1);
  expect(db.wire.operations).toEqual(['Query']);
});

it('Nobody is alerted for what was acknowledged meanwhile', async () => {
  await occur(db.open());
  const found = await findOne();
  await acknowledge(found);
  expect(await find()).toEqual([]);
  expect(await take(found)).toBeUndefined();
});

it('A notification that was acknowledged and opens again while people are alerted is found when ten minutes are over', async () => {
  const { cause } = await occur(db.open(), {}, NOW);
  const found = await findOne();
  const leased = await taken(found);
  await acknowledge(found);
  await occur(db.open(), { cause }, NOW);
  await markAlerted(db.open(), leased, NOW);
  expect(await find(later(PAUSE - 1))).toEqual([]);
  expect(await findOne(later(PAUSE))).toMatchObject({ cause, occurrences: 2 });
});

it('A notification that is gone by the time it is marked stays gone', async () => {
  await occur(db.open());
  const leased = await taken(await findOne());
  await db.clear();
  await markAlerted(db.open(), leased, NOW);
  expect(await db.rows('NOTIFICATION')).toEqual([]);
});
