import { type Caller, clientOf, mayActFor } from '../../../../accounts/caller.ts';
import { type Fault, fault, missing } from '../../../../contract/faults.ts';
import { judgeTime } from '../../../../orders/appointments.ts';
import { orderReceivedEmail } from '../../../../orders/letters.ts';
import { judgeSize } from '../../../../orders/order-change.ts';
import { makeOrder } from '../../../../orders/order-creation.ts';
import { saveNewOrder } from '../../../../orders/order-store.ts';
import { viewOfOrder } from '../../../../orders/order-view.ts';
import { previewOf } from '../../../../orders/preview.ts';
import { judgeReference } from '../../../../orders/reference.ts';
import { emailTo } from '../../../../outbox/email.ts';
import type { Action } from '../../../../pipeline/action.ts';
import type { createOrder as route } from './route.ts';

/** What making an order needs of the world. */
export interface Dependencies {
  clientExists(client_id: number): Promise<boolean>;
  /** The order that has a client's own number. */
  findOrderId(client_id: number, reference: string): Promise<number | undefined>;
  newId(): number;
}

/** Makes an order. */
export const createOrder = ({ clientExists, findOrderId, newId }: Dependencies): Action<typeof route> => ({
  prefetch: async ({ client_id }) => client_id && (await clientExists(client_id)),

  run: async ({ params, caller, now, requestId }, begin) => {
    const client_id = clientOf(params.sound.client_id, caller);
    const ofClient = await judgeClient(client_id, caller, clientExists);
    // Whoever may not order for a client learns nothing of its references.
    const look = async (): Promise<Fault[]> =>
      client_id === undefined || ofClient.length > 0
        ? []
        : judgeReference(findOrderId, client_id, params.sound.reference);
    const ofTime = judgeTime(params.sound.appointment?.scheduled_for, 'appointment.scheduled_for', now);
    const whole = params.complete(await params.withMore([...ofClient, ...ofTime], look));
    // Without one, the parameters were refused.
    const { order, history } = makeOrder(whole, client_id as number, { caller, now, newId });
    params.complete(await params.withMore(judgeSize(order, whole), look));
    const { order_id } = order;
    const content = orderReceivedEmail(whole.dry_run ? { ...order, order_id: undefined } : order);
    const email = emailTo({ client_id: order.client_id }, content, { newId, requestId, now, order_id });
    return begin()
      .add(...saveNewOrder(order, history))
      .send(email)
      .commit({
        data: { order: viewOfOrder(order) },
        preview: () => previewOf(undefined, order, history.changes),
        client_id: order.client_id,
      });
  },
});

const judgeClient = async (
  client_id: number | undefined,
  caller: Caller,
  clientExists: Dependencies['clientExists'],
): Promise<Fault[]> => {
  if (client_id === undefined) return [missing('client_id')];
  if (mayActFor(caller, client_id) && (await clientExists(client_id))) return [];
  return [fault('client_id', 'not-found', 'is not a client that you can order for')];
};
