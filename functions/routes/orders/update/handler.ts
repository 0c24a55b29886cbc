import { randomId } from '../../../adapters/ids.ts';
import { findOrder, saveUpdate } from '../../../adapters/orders.ts';
import { savedEmail } from '../../../adapters/outbox.ts';
import { pipeline } from '../../../pipeline/pipeline.ts';
import { updateOrder as route } from './route.ts';
import { updateOrder } from './update.ts';

export const handler = pipeline(route, ({ table, now, deliver }) =>
  updateOrder({
    findOrder: (order_id) => findOrder(table, order_id),
    save: (update, email) => saveUpdate(table, update, email ? [savedEmail(email, now)] : []),
    deliver,
    newId: randomId,
  }),
);
