import { expect, it } from 'vitest';
import { Refused } from '../../functions/contract/refused.ts';
import { type Order, orderView } from '../../functions/orders/order.ts';
import { rowOfOrder } from '../../functions/orders/order-row.ts';
import { findOrder, saveChange } from '../../functions/orders/order-store.ts';
import { applyUpdate, type OrderUpdate } from '../../functions/orders/order-update.ts';
import { viewOfOrder } from '../../functions/orders/order-view.ts';
import { savedEmail } from '../../functions/outbox/outbox.ts';
import { randomId } from '../../functions/table/ids.ts';
import { anEmail } from '../support/emails.ts';
import {
  aLineItem,
  anApplication,
  anAppointment,
  anEmployee,
  anOrder,
  someChanges,
} from '../support/orders.ts';
import { NOW } from '../support/sessions.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();

const savedOrder = async (): Promise<Order> => {
  const order = anOrder({ order_id: randomId() });
  await db.put(rowOfOrder(order));
  return order;
};

/** New notes, as the domain would have it. */
const updateOf = (before: Order, notes: string, now = NOW): OrderUpdate => {
  const after = { ...before, notes, updated_at: now.toISOString() };
  const history = {
    order_id: before.order_id,
    at: after.updated_at,
    by: { token: 'session' as const, id: 1, name: 'Erin' },
    changes: [{ field: 'notes', before: before.notes, after: notes }],
  };
  return { before, after, history, cancelled: undefined, completed: false };
};
const rowsOf = ({ order_id }: Order) => db.rows(`ORDER#${order_id}`);

it('An order is found as it was saved', async () => {
  const order = await savedOrder();
  expect(await findOrder(db.open(), order.order_id)).toEqual(order);
  expect(await findOrder(db.open(), randomId())).toBeUndefined();
});

it('An order’s row that lacks something cannot be read, and is named', async () => {
  const order = await savedOrder();
  const { notes: _, ...row } = rowOfOrder(order);
  await db.put(row);
  await expect(findOrder(db.open(), order.order_id)).rejects.toMatchObject({
    name: 'UnreadableRow',
    key: { pk: `ORDER#${order.order_id}`, sk: 'ORDER' },
  });
});

it('What a later release keeps with an order and its parts survives changes of ours, its status included', async () => {
  const [item] = [{ ...aLineItem(), crew: 'north' }];
  const later = {
    ...anOrder({ order_id: randomId(), line_items: [item] }),
    status: 'on_hold',
    priority: 7,
    appointments: [{ ...anAppointment({ status: 'confirmed' }), vehicle: { plate: 'B-PL 1' } }],
    schema_version: 3,
  };
  await db.put(rowOfOrder(later));
  const before = await findOrder(db.open(), later.order_id);
  if (before === undefined) throw new Error('the order is not found');
  const changes = someChanges({
    notes: 'Ring once.',
    line_items: [
      { line_item_id: item.line_item_id, name: 'Doors' },
      { name: 'Hedge', quantity: 1 },
    ],
    appointment: { appt_id: 21, cancel_reason: 'Rain' },
  });
  const change = applyUpdate(before, changes, { caller: anEmployee(), now: NOW, newId: randomId });
  if (change === undefined) throw new Error('nothing has changed');
  await db.open().transact(saveChange(anEmployee(), change));
  expect(await db.row({ pk: `ORDER#${later.order_id}`, sk: 'ORDER' })).toMatchObject({
    status: 'on_hold',
    priority: 7,
    schema_version: 3,
    notes: 'Ring once.',
    line_items: [{ name: 'Doors', crew: 'north' }, { name: 'Hedge' }],
    appointments: [{ status: 'cancelled', vehicle: { plate: 'B-PL 1' } }],
    client_list: `CLIENT#${later.client_id}#open`,
  });
  expect(viewOfOrder(change.after)).toEqual(orderView.parse(viewOfOrder(change.after)));
});

it('An update is saved with its history entry and its e-mail, in one transaction', async () => {
  const before = await savedOrder();
  const update = updateOf(before, 'Ring once.');
  const email = anEmail({ order_id: before.order_id });
  await db.open().transact([savedEmail(email, NOW), ...saveChange(anEmployee(), update)]);
  expect(await findOrder(db.open(), before.order_id)).toEqual(update.after);
  expect(await rowsOf(before)).toContainEqual({
    pk: `ORDER#${before.order_id}`,
    sk: `HISTORY#${NOW.toISOString()}#0`,
    ...update.history,
  });
  expect(await db.rows(`EMAIL#${email.email_id}`)).toMatchObject([email]);
  expect(db.wire.operations.filter((name) => name !== 'BatchGetItem')).toEqual(['TransactWriteItems']);
});

it('A change too large for one row is in several rows of history, in order and whole', async () => {
  const before = await savedOrder();
  const update = updateOf(before, 'x');
  const changes = ['a', 'b', 'c', 'd', 'e'].map((field) => ({
    field,
    before: null,
    after: 'é'.repeat(60_000),
  }));
  await db.open().transact(saveChange(anEmployee(), { ...update, history: { ...update.history, changes } }));
  const rows = (await rowsOf(before)).filter(({ sk }) => sk !== 'ORDER');
  rows.sort((a, b) => String(a.sk).localeCompare(String(b.sk)));
  expect(rows.length).toBeGreaterThan(1);
  expect(rows).toMatchObject(rows.map(() => ({ at: update.history.at, by: update.history.by })));
  expect(rows.flatMap((row) => row.changes)).toEqual(changes);
});

it('An update of an order that has changed since is stale, shows the order as it is, and writes nothing', async () => {
  const seen = await savedOrder();
  const first = updateOf(seen, 'First.');
  await db.open().transact(saveChange(anEmployee(), first));
  const email = anEmail();
  const late = db
    .open()
    .transact([
      savedEmail(email, NOW),
      ...saveChange(anEmployee(), updateOf(seen, 'Late.', new Date(NOW.getTime() + 1))),
    ]);
  const refusal = await late.catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(Refused);
  expect(refusal).toMatchObject({
    status: 'invalid-param',
    details: { errors: [{ param: 'updated_at', code: 'stale' }], data: { order: first.after } },
  });
  expect(await rowsOf(seen)).toHaveLength(2);
  expect(await db.rows(`EMAIL#${email.email_id}`)).toEqual([]);
});

it('A stale update shows the order to no application that may not read orders', async () => {
  const seen = await savedOrder();
  await db.open().transact(saveChange(anEmployee(), updateOf(seen, 'First.')));
  const late = () => updateOf(seen, 'Late.', new Date(NOW.getTime() + 1));
  const writer = anApplication('orders:write');
  const refusal = { status: 'invalid-param', details: { errors: [{ code: 'stale' }] } };
  await expect(db.open().transact(saveChange(writer, late()))).rejects.toMatchObject({
    ...refusal,
    details: { data: undefined },
  });
  const reader = anApplication('orders:read', 'orders:write');
  await expect(db.open().transact(saveChange(reader, late()))).rejects.toMatchObject({
    ...refusal,
    details: { data: { order: { notes: 'First.' } } },
  });
});

it('An update of an order that is gone is stale, with no order to show', async () => {
  const { order_id, ...rest } = await savedOrder();
  const refusal = db
    .open()
    .transact(saveChange(anEmployee(), updateOf({ ...rest, order_id: randomId() }, 'x')));
  await expect(refusal).rejects.toMatchObject({ status: 'invalid-param', details: { data: undefined } });
});

it.each([
  [
    'two changes of one time',
    (seen: Order) => db.put({ pk: `ORDER#${seen.order_id}`, sk: `HISTORY#${NOW.toISOString()}#0` }),
  ],
  ['two e-mails of one id', () => db.put({ pk: 'EMAIL#1', sk: 'EMAIL' })],
])('A write of %s is a fault of ours, and nothing is written', async (_, spoil) => {
  const seen = await savedOrder();
  await spoil(seen);
  const saving = db
    .open()
    .transact([savedEmail(anEmail({ email_id: 1 }), NOW), ...saveChange(anEmployee(), updateOf(seen, 'x'))]);
  await expect(saving).rejects.toThrow(/two (changes of one time|e-mails have one id)/);
  await expect(saving).rejects.not.toBeInstanceOf(Refused);
  expect(await findOrder(db.open(), seen.order_id)).toEqual(seen);
});

it('Of simultaneous updates on one state exactly one is saved', async () => {
  const seen = await savedOrder();
  const updates = Array.from({ length: 10 }, (_, index) =>
    updateOf(seen, `Update ${index}`, new Date(NOW.getTime() + index)),
  );
  const outcomes = await Promise.allSettled(
    updates.map((update) => db.open().transact(saveChange(anEmployee(), update))),
  );
  const saved = updates.filter((_, index) => outcomes[index]?.status === 'fulfilled');
  expect(saved).toHaveLength(1);
  expect(await findOrder(db.open(), seen.order_id)).toEqual(saved[0]?.after);
  expect(await rowsOf(seen)).toHaveLength(2);
});
