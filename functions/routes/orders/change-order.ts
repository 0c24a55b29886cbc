import { type Caller, mayActFor, maySeeOrders } from '../../accounts/caller.ts';
import type { Fault } from '../../contract/faults.ts';
import type { Reading, Sound } from '../../contract/read-params.ts';
import type { Order } from '../../orders/order.ts';
import { type ChangeContext, judgeSize, type OrderChange, unknownOrder } from '../../orders/order-change.ts';
import { findOrder, saveChange } from '../../orders/order-store.ts';
import { viewOfOrder } from '../../orders/order-view.ts';
import { type EmailContent, emailTo } from '../../outbox/email.ts';
import type { Answered, Outcome } from '../../pipeline/action.ts';
import type { Resources } from '../../pipeline/resources.ts';
import { randomId } from '../../table/ids.ts';

/** What changing an order needs of the world. */
export interface Dependencies {
  findOrder(order_id: number): Promise<Order | undefined>;
  /** Saves the caller's change and its outcome, all or nothing; refuses when the order has changed meanwhile. */
  save(caller: Caller, change: OrderChange, outcome: Outcome): Promise<void>;
  /** Answers with the saved outcome, and sends its e-mail. */
  answer(outcome: Outcome<{ order: Order }>): Promise<Answered<{ order: Order }>>;
  newId(): number;
}

/** Binds what changing an order needs to the table. */
export const orderDependencies = ({ table, writesOf, answer }: Resources): Dependencies => ({
  findOrder: (order_id) => findOrder(table, order_id),
  save: (caller, change, outcome) => saveChange(table, caller, change, writesOf(outcome)),
  answer,
  newId: randomId,
});

/** The parameters that every change of an order has. */
interface ChangeParams {
  order_id: number;
  updated_at: string;
}

/** What tells one kind of change from another. */
interface Rules<Params extends ChangeParams, Change extends OrderChange> {
  /** The faults that show without the order. */
  judge?(params: Sound<Params>, caller: Caller, now: Date): Fault[];
  /** The faults that show only against the order, of which a stale `updated_at` is the only one. */
  judgeAgainst(order: Order, params: Sound<Params>, caller: Caller): Fault[];
  /** What parameters without a fault do to the order; undefined when that is nothing. */
  apply(order: Order, params: Params, context: ChangeContext): Change | undefined;
  emailOf(change: Change): EmailContent | undefined;
}

/**
 * The action that changes an order by some rules. What needs the order is judged with the rest, so that a client learns of
 * all faults at once.
 */
export const changeOrder =
  <Params extends ChangeParams, Change extends OrderChange>(rules: Rules<Params, Change>) =>
  ({ findOrder, save, answer, newId }: Dependencies) => ({
    concerns: ({ order }: { order: Order }) => order.client_id,

    prefetch: async (sound: Sound<ChangeParams>) => sound.order_id && (await findOrder(sound.order_id)),

    run: async ({
      params,
      caller,
      now,
      requestId,
    }: {
      params: Reading<Params>;
      caller: Caller;
      now: Date;
      requestId: string;
    }): Promise<Answered<{ order: Order }>> => {
      const { order_id } = params.sound as Sound<ChangeParams>;
      const found = order_id === undefined ? undefined : await findOrder(order_id);
      const order = found && mayActFor(caller, found.client_id) ? found : undefined;
      const faults = rules.judge?.(params.sound, caller, now) ?? [];
      if (order === undefined) throw params.refusal([unknownOrder(), ...faults]);
      const againstOrder = rules.judgeAgainst(order, params.sound, caller);
      const shown = againstOrder.some(({ code }) => code === 'stale') && maySeeOrders(caller);
      const sound = params.complete(
        [...faults, ...againstOrder],
        shown ? { order: viewOfOrder(order) } : undefined,
      );

      const change = rules.apply(order, sound, { caller, now, newId });
      if (change === undefined) return { data: { order: viewOfOrder(order) } };
      params.complete(judgeSize(change.after, sound, order));
      const content = rules.emailOf(change);
      const about = { newId, requestId, now, order_id: order.order_id };
      const email = content && emailTo(order.client_id, content, about);
      const outcome = { data: { order: viewOfOrder(change.after) }, email };
      await save(caller, change, outcome);
      return answer(outcome);
    },
  });
