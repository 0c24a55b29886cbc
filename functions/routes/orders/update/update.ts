import type { Order } from '../../../contract/order.ts';
import { mayActFor } from '../../../domain/caller.ts';
import { type Email, emailOf, emailTo } from '../../../domain/email.ts';
import {
  applyUpdate,
  judgeChanges,
  judgeUpdate,
  type OrderUpdate,
  unknownOrder,
} from '../../../domain/order-update.ts';
import type { Action } from '../../../pipeline/action.ts';
import type { updateOrder as route } from './route.ts';

/** What updating an order needs of the world. */
export interface Dependencies {
  findOrder(order_id: number): Promise<Order | undefined>;
  /** Saves the update and its e-mail, all or nothing; refuses when the order has changed meanwhile. */
  save(update: OrderUpdate, email: Email | undefined): Promise<void>;
  /** Sends the saved e-mail; tells whether Mandrill took it. */
  deliver(email: Email): Promise<boolean>;
  newId(): number;
}

/** Updates an order. What needs the order is judged with the rest, so that a client learns of all faults at once. */
export const updateOrder = ({ findOrder, save, deliver, newId }: Dependencies): Action<typeof route> => ({
  prefetch: async ({ order_id }) => order_id && (await findOrder(order_id)),

  run: async ({ params, caller, now, requestId }) => {
    const { order_id } = params.sound;
    const found = order_id === undefined ? undefined : await findOrder(order_id);
    const order = found && mayActFor(caller, found.client_id) ? found : undefined;
    const faults = judgeChanges(params.sound, caller, now);
    if (order === undefined) throw params.refusal([unknownOrder(), ...faults]);
    const againstOrder = judgeUpdate(order, params.sound, caller);
    const stale = againstOrder.some(({ code }) => code === 'stale');
    const changes = params.complete([...againstOrder, ...faults], stale ? { order } : undefined);

    const update = applyUpdate(order, changes, { caller, now, newId });
    if (update === undefined) return { data: { order } };
    const content = emailOf(update);
    const email =
      content && emailTo(order.client_id, content, { newId, requestId, now, order_id: order.order_id });
    await save(update, email);
    const failed = email !== undefined && !(await deliver(email));
    return { ...(failed && { status: 'mandrill-email-failed' }), data: { order: update.after } };
  },
});
