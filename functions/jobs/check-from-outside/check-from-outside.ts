import { CheckFailed, type Step } from './check-failed.ts';

/** Of an order, what the check looks at. */
export interface CheckedOrder {
  updated_at: string;
  notes: string;
  /** Of the request that was answered with it. */
  request_id: string;
}

/** The API as the check uses it, about its own order. Whatever else comes back is thrown as `CheckFailed`. */
export interface OrdersApi {
  show(step: Step): Promise<CheckedOrder>;
  /** Replaces the order's notes; undefined when the order has changed since. */
  update(updated_at: string, notes: string): Promise<CheckedOrder | undefined>;
}

/** So often the order is read again when it has changed meanwhile: each function of a rollout has a check, all about one order. */
const TRIES = 5;

const change = async (api: OrdersApi, notes: string): Promise<CheckedOrder> => {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const { updated_at } = await api.show('orders/show');
    const changed = await api.update(updated_at, notes);
    if (changed !== undefined) return changed;
  }
  throw new CheckFailed('orders/update', 'stale each time');
};

/**
 * Does what clients do: reads an order, changes its notes, and reads it again, which has to show the change.
 *
 * @param notes those of no other check
 * @throws {CheckFailed} at the first step that does not get what it has to
 */
export const checkFromOutside = async (api: OrdersApi, notes: string): Promise<void> => {
  const changed = await change(api, notes);
  const { request_id } = changed;
  if (changed.notes !== notes) throw new CheckFailed('orders/update', 'other notes', { request_id });
  const after = await api.show('orders/show after that');
  // Another check may have changed it since, and then it is later.
  const isThere =
    after.updated_at === changed.updated_at ? after.notes === notes : after.updated_at > changed.updated_at;
  if (!isThere) throw new CheckFailed('orders/show after that', 'not the change', after);
};
