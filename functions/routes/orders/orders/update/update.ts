import { emailOf } from '../../../../orders/letters.ts';
import { applyUpdate, judgeChanges, judgeUpdate, type OrderUpdate } from '../../../../orders/order-update.ts';
import { judgeReference } from '../../../../orders/reference.ts';
import { changeOrder } from '../../change-order.ts';
import type { UpdateOrderParams } from './route.ts';

/** Updates an order. */
export const updateOrder = changeOrder<UpdateOrderParams, OrderUpdate>({
  judge: judgeChanges,
  judgeAgainst: judgeUpdate,
  judgeRefused: ({ client_id, order_id }, { reference }, { findOrderId }) =>
    judgeReference(findOrderId, client_id, reference, order_id),
  apply: applyUpdate,
  emailOf,
});
