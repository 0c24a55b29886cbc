import { emailOf } from '../../../domain/email.ts';
import { applyUpdate, judgeChanges, judgeUpdate, type OrderUpdate } from '../../../domain/order-update.ts';
import { changeOrder } from '../../change-order.ts';
import type { UpdateOrderParams } from './route.ts';

/** Updates an order. */
export const updateOrder = changeOrder<UpdateOrderParams, OrderUpdate>({
  judge: judgeChanges,
  judgeAgainst: judgeUpdate,
  apply: applyUpdate,
  emailOf,
});
