import type { Caller } from '../../functions/accounts/caller.ts';
import type { User } from '../../functions/accounts/user.ts';
import { makeAppointment, reschedule } from '../../functions/orders/appointments.ts';
import { rowsOfHistory } from '../../functions/orders/history-store.ts';
import type { NewOrder } from '../../functions/orders/new-order-params.ts';
import type { Order } from '../../functions/orders/order.ts';
import type { ChangeContext, OrderChange } from '../../functions/orders/order-change.ts';
import { makeOrder } from '../../functions/orders/order-creation.ts';
import { rowOfOrder } from '../../functions/orders/order-row.ts';
import { applyUpdate } from '../../functions/orders/order-update.ts';
import { randomId } from '../../functions/table/ids.ts';
import type { Row } from '../../functions/table/row.ts';

/** A user that is a client. */
export type DemoClient = User & { client_id: number };

/** An order, and the rows that it and its history take. */
export interface DemoOrderRows {
  order: Order;
  rows: Row[];
}

const DAY_MS = 24 * 60 * 60 * 1_000;

const callerOf = ({ user_id: id, name, held }: User): Caller => ({ kind: 'user', id, name, held });

/** What somebody does so many days before now. */
const daysAgo = (days: number, caller: Caller, now: Date): ChangeContext => ({
  caller,
  now: new Date(now.getTime() - days * DAY_MS),
  newId: randomId,
});

/** Nine o’clock in so many days. */
const visit = (days: number, now: Date): string => {
  const time = new Date(now.getTime() + days * DAY_MS);
  time.setUTCHours(9, 0, 0, 0);
  return time.toISOString();
};

const ordered = (scheduled_for: string): NewOrder => ({
  notes: 'Ring twice, the dog is friendly.',
  line_items: [
    { name: 'Gutter cleaning', quantity: 4 },
    { name: 'Window cleaning', quantity: 12 },
  ],
  appointment: { scheduled_for, duration_minutes: 90 },
});

/** An order that its client made an hour ago, for a visit in a week. */
export const newOrder = (client: DemoClient, now: Date): DemoOrderRows => {
  const context = daysAgo(1 / 24, callerOf(client), now);
  const { order, history } = makeOrder(ordered(visit(7, now)), client.client_id, context);
  return { order, rows: [rowOfOrder(order), ...rowsOfHistory(history)] };
};

/** An order with a past: made, moved, begun, and completed after a visit that was cancelled, by several callers. */
export const storyOrder = (
  { client, employee, dispatch }: { client: DemoClient; employee: User; dispatch: Caller },
  now: Date,
): DemoOrderRows => {
  const [owner, worker] = [callerOf(client), callerOf(employee)];
  const made = makeOrder(ordered(visit(-3, now)), client.client_id, daysAgo(9, owner, now));
  const rows = rowsOfHistory(made.history);
  let { order } = made;

  const happen = (change: OrderChange | undefined): void => {
    if (change === undefined) throw new Error('a demo order does not change');
    order = change.after;
    rows.push(...rowsOfHistory(change.history));
  };
  /** What every change says, of the order as it then is. */
  const seen = () => ({
    order_id: order.order_id,
    updated_at: order.updated_at,
    appt_id: order.appointments.at(-1)?.appt_id ?? 0,
  });
  const update = (changes: object, days: number, caller: Caller): void => {
    const { appt_id, ...about } = seen();
    happen(
      applyUpdate(order, { ...about, appointment: { appt_id }, ...changes }, daysAgo(days, caller, now)),
    );
  };
  const completed = (name: string) => ({
    line_items: order.line_items
      .filter((item) => item.name === name)
      .map(({ line_item_id, quantity }) => ({ line_item_id, completed_quantity: quantity })),
  });

  update({ notes: 'Please use the side gate.' }, 8, owner);
  const moved = { ...seen(), scheduled_for: visit(-2, now), duration_minutes: 120 };
  happen(reschedule(order, moved, daysAgo(7, dispatch, now)));
  update(completed('Window cleaning'), 2, worker);
  const { appt_id } = seen();
  update({ appointment: { appt_id, cancel_reason: 'Rain', cancel_note: 'The gutters wait.' } }, 2, worker);
  const again = { ...seen(), scheduled_for: visit(-1, now) };
  happen(makeAppointment(order, again, daysAgo(1.5, dispatch, now)));
  update(completed('Gutter cleaning'), 1, worker);
  return { order, rows: [rowOfOrder(order), ...rows] };
};
