import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { notificationRows, viewOfNotification } from '../../functions/notifications/notification-listing.ts';
import { acknowledged, notify, type Occurrence } from '../../functions/notifications/notification-store.ts';
import { ChangedMeanwhile } from '../../functions/table/until-unchanged.ts';
import { daysAgo, NOW } from '../support/sessions.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();

const occurrenceOf = (different: Partial<Occurrence> = {}): Occurrence => ({
  kind: 'mandrill-email-failed',
  cause: `rejected: ${randomUUID()}`,
  order_id: 1,
  request_id: 'first',
  ...different,
});
const stored = ({ kind, cause }: Occurrence) => db.row({ pk: 'NOTIFICATION', sk: `${kind}#${cause}` });

it('The first occurrence of a kind and cause opens a notification', async () => {
  const occurrence = occurrenceOf();
  await notify(db.open(), occurrence, NOW);
  expect(await stored(occurrence)).toEqual({
    pk: 'NOTIFICATION',
    sk: `mandrill-email-failed#${occurrence.cause}`,
    notification_id: expect.any(Number),
    kind: 'mandrill-email-failed',
    cause: occurrence.cause,
    state: 'open',
    occurrences: 1,
    first_at: NOW.toISOString(),
    last_at: NOW.toISOString(),
    last_order_id: 1,
    last_email_id: null,
    first_request_id: 'first',
    last_request_id: 'first',
  });
});

it('Each further occurrence is counted in its notification, which tells of the first and the last', async () => {
  const occurrence = occurrenceOf();
  await notify(db.open(), occurrence, new Date(daysAgo(1)));
  const opened = await stored(occurrence);
  await notify(db.open(), { ...occurrence, order_id: 2, email_id: 3, request_id: 'second' }, NOW);
  expect(await stored(occurrence)).toEqual({
    ...opened,
    occurrences: 2,
    first_at: daysAgo(1),
    last_at: NOW.toISOString(),
    last_order_id: 2,
    last_email_id: 3,
    last_request_id: 'second',
  });
});

it('No occurrence is lost of those that come at once', async () => {
  const occurrence = occurrenceOf();
  await Promise.all(Array.from({ length: 10 }, () => notify(db.open(), occurrence, NOW)));
  expect(await stored(occurrence)).toMatchObject({ occurrences: 10 });
});

it('Another cause is another notification', async () => {
  const [one, other] = [occurrenceOf(), occurrenceOf()];
  await notify(db.open(), one, NOW);
  await notify(db.open(), other, NOW);
  expect(await stored(one)).toMatchObject({ occurrences: 1 });
  expect((await stored(one))?.notification_id).not.toBe((await stored(other))?.notification_id);
});

it('A notification that was acknowledged is open again when it occurs again', async () => {
  const occurrence = occurrenceOf();
  await notify(db.open(), occurrence, NOW);
  await db.put({ ...(await stored(occurrence)), state: 'acknowledged' });
  await notify(db.open(), occurrence, NOW);
  expect(await stored(occurrence)).toMatchObject({ state: 'open', occurrences: 2 });
});

/** Reads a notification, to acknowledge it as it is by then. */
const acknowledging = async (occurrence: Occurrence) => {
  const read = viewOfNotification(notificationRows.read((await stored(occurrence)) ?? {}), 'dev');
  return () => db.open().transact([acknowledged(read, 'Erin', NOW)]);
};

it('A notification is acknowledged only as it was read: neither twice, nor with an occurrence that nobody has seen', async () => {
  const occurrence = occurrenceOf();
  await notify(db.open(), occurrence, NOW);
  const first = await acknowledging(occurrence);
  await notify(db.open(), occurrence, NOW);
  await expect(first()).rejects.toThrow(ChangedMeanwhile);
  const second = await acknowledging(occurrence);
  await second();
  expect(await stored(occurrence)).toMatchObject({ state: 'acknowledged', acknowledged_by: 'Erin' });
  await expect(second()).rejects.toThrow(ChangedMeanwhile);
});

it('A notification of a state that only a later release knows is acknowledged like an open one', async () => {
  const occurrence = occurrenceOf();
  await notify(db.open(), occurrence, NOW);
  await db.put({ ...(await stored(occurrence)), state: 'snoozed' });
  await (await acknowledging(occurrence))();
  expect(await stored(occurrence)).toMatchObject({ state: 'acknowledged', acknowledged_by: 'Erin' });
});
