import type { Answer, PostOptions } from './answers.ts';
import { pauseAfter } from './call.ts';
import { hasCode } from './errors.ts';
import type { Orders } from './methods.ts';
import type { Clock } from './options.ts';
import type { Order, OrdersUpdateData, OrdersUpdateParams } from './types.ts';

/** What an update says besides which order it is about, and in which state. It is done in earnest: its answer is no preview. */
export type OrderChange = Omit<OrdersUpdateParams, 'order_id' | 'updated_at' | 'dry_run'> & {
  dry_run?: false | undefined;
};

export interface ChangeOrder {
  /**
   * Changes an order, whoever else changes it meanwhile: what was `stale` is applied again, to the order as it then is.
   *
   * @param fn gives the change of an order as it is; what it throws ends it all
   * @param options with an idempotency key, it is done once; when it was done before, the order has changed since then, and it is
   *   refused as `reused`
   * @throws PlanoError when it is refused, or still stale after 8 times
   */
  change(
    order_id: number,
    fn: (order: Order) => OrderChange | Promise<OrderChange>,
    options?: PostOptions,
  ): Promise<Answer<OrdersUpdateData>>;
}

/** How often a change is applied at most. */
const MOST = 8;

/** Adds to the methods about orders the one that takes several requests. */
export const withChange = (orders: Orders, clock: Clock): Orders & ChangeOrder => {
  const read = async (order_id: number, signal: AbortSignal | undefined): Promise<Order> =>
    (await orders.show({ order_id }, { signal })).data.order;

  const change: ChangeOrder['change'] = async (order_id, fn, options = {}) => {
    const { signal } = options;
    let order = await read(order_id, signal);
    for (let times = 1; ; times += 1) {
      const params = { ...(await fn(order)), order_id, updated_at: order.updated_at };
      try {
        return await orders.update(params, options);
      } catch (error) {
        if (times >= MOST || !hasCode(error, 'stale')) throw error;
        // Of many that change it at once only one succeeds: they make room for each other.
        await clock.sleep(pauseAfter(times, 0, clock), signal);
        order = error.data?.order ?? (await read(order_id, signal));
      }
    }
  };
  return { ...orders, change };
};
