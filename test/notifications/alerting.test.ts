import { beforeEach, describe, expect, it } from 'vitest';
import { findUnalerted, markAlerted, takeUnalerted } from '../../functions/notifications/alerting.ts';
import type { Notification } from '../../functions/notifications/notification.ts';
import { acknowledged } from '../../functions/notifications/notification-store.ts';
import { occur } from '../support/behind.ts';
import { NOW } from '../support/sessions.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();
beforeEach(() => db.clear());

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

  it('A mark of a notification that comes when another has it changes nothing', async () => {
    await occur(db.open());
    const found = await findOne();
    const late = await taken(found);
    const current = await taken(found, later(31));
    await markAlerted(db.open(), late, later(32));
    expect(await findOne(later(70))).toEqual(found);
    await markAlerted(db.open(), current, later(33));
    expect(await find(later(70))).toEqual([]);
  });
});

describe('once people were alerted', () => {
  it('A notification is found no more once people were alerted, however often it occurs', async () => {
    const { cause } = await occur(db.open());
    await markAlerted(db.open(), await taken(await findOne()), NOW);
    await occur(db.open(), { cause });
    expect(await find(later(3_600))).toEqual([]);
  });

  it('A notification is found again when it was acknowledged and has occurred since', async () => {
    const { cause } = await occur(db.open());
    const found = await findOne();
    await markAlerted(db.open(), await taken(found), NOW);
    await acknowledge(found);
    expect(await find()).toEqual([]);
    await occur(db.open(), { cause });
    expect(await findOne()).toMatchObject({ cause, occurrences: 2 });
  });
});

it('Nobody is alerted for what was acknowledged meanwhile', async () => {
  await occur(db.open());
  const found = await findOne();
  await acknowledge(found);
  expect(await find()).toEqual([]);
  expect(await take(found)).toBeUndefined();
});

it('A notification that was acknowledged and opens again while people are alerted is found again', async () => {
  const { cause } = await occur(db.open());
  const found = await findOne();
  const leased = await taken(found);
  await acknowledge(found);
  await occur(db.open(), { cause });
  await markAlerted(db.open(), leased, NOW);
  expect(await findOne()).toMatchObject({ cause, occurrences: 2 });
});
