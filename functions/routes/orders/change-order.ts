import { type Caller, mayActFor, maySee } from '../../accounts/caller.ts';
import type { Route } from '../../contract/define-route.ts';
import type { Fault } from '../../contract/faults.ts';
import type { Reading, Sound } from '../../contract/read-params.ts';
import type { Order } from '../../orders/order.ts';
import { type ChangeContext, judgeSize, type OrderChange, unknownOrder } from '../../orders/order-change.ts';
import { findOrder, saveChange } from '../../orders/order-store.ts';
import { viewOfOrder } from '../../orders/order-view.ts';
import { previewOf } from '../../orders/preview.ts';
import { findOrderId } from '../../orders/reference.ts';
import { type EmailContent, emailTo } from '../../outbox/email.ts';
import type { ActionRequest, WordedAnswer, Work } from '../../pipeline/action.ts';
import type { Resources } from '../../pipeline/resources.ts';
import { randomId } from '../../table/ids.ts';

/** Everything that changing an order needs of the world. */
export interface Dependencies {
  findOrder(order_id: number): Promise<Order | undefined>;
  /** The order that has a client's own number. */
  findOrderId(client_id: number, reference: string): Promise<number | undefined>;
  newId(): number;
}

/** Binds changing an order to the table. */
export const orderDependencies = ({ table }: Resources): Dependencies => ({
  findOrder: (order_id) => findOrder(table, order_id),
  findOrderId: (client_id, reference) => findOrderId(table, client_id, reference),
  newId: randomId,
});

/** A request to change an order. */
type Request<Params> = Pick<ActionRequest<Route>, 'now' | 'requestId'> & {
  params: Reading<Params>;
  caller: Caller;
};

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
  /** The faults for which the table is asked once more, where the request is refused anyway; else saving the change finds them. */
  judgeRefused?(order: Order, params: Sound<Params>, dependencies: Dependencies): Promise<Fault[]>;
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
  (dependencies: Dependencies) => ({
    prefetch: async ({ order_id }: Sound<ChangeParams>) =>
      order_id && (await dependencies.findOrder(order_id)),

    run: async (
      { params, caller, now, requestId }: Request<Params>,
      begin: () => Work<{ order: Order }>,
    ): Promise<WordedAnswer> => {
      const { order_id } = params.sound as Sound<ChangeParams>;
      const found = order_id === undefined ? undefined : await dependencies.findOrder(order_id);
      const order = found && mayActFor(caller, found.client_id) ? found : undefined;
      const faults = rules.judge?.(params.sound, caller, now) ?? [];
      if (order === undefined) throw params.refusal([unknownOrder(), ...faults]);
      const againstOrder = rules.judgeAgainst(order, params.sound, caller);
      const isStale = againstOrder.some(({ code }) => code === 'stale');
      // Of a state that the client has not seen nothing else is judged.
      const look = async (): Promise<Fault[]> =>
        isStale ? [] : ((await rules.judgeRefused?.(order, params.sound, dependencies)) ?? []);
      const sound = params.complete(
        await params.withMore([...faults, ...againstOrder], look),
        isStale && maySee(caller) ? { order: viewOfOrder(order) } : undefined,
      );

      const { newId } = dependencies;
      const work = begin();
      const { client_id } = order;
      const change = rules.apply(order, sound, { caller, now, newId });
      if (change === undefined) {
        const preview = () => previewOf(order, order, []);
        return work.commit({ data: { order: viewOfOrder(order) }, preview, client_id });
      }
      params.complete(await params.withMore(judgeSize(change.after, sound, order), look));
      work.add(...saveChange(caller, change));
      const content = rules.emailOf(change);
      if (content)
        work.send(emailTo({ client_id }, content, { newId, requestId, now, order_id: order.order_id }));
      return work.commit({
        data: { order: viewOfOrder(change.after) },
        preview: () => previewOf(order, change.after, change.history.changes),
        client_id,
      });
    },
  });
