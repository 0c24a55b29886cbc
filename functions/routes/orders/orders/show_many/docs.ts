import { describeRoute } from '../../../../contract/describe-route.ts';
import { madeOrder } from '../../../example-docs.ts';
import { showOrders } from './route.ts';

export const showOrdersDocs = describeRoute(showOrders, {
  purpose: [
    'Shows up to 100 orders at once, in the order in which they are asked for.',
    'Ids of orders that do not exist, or that are not the caller’s to see, are in `data.not_found`: nobody can tell which. An order that cannot be read, by a fault of ours, is in neither list, and the team is told of it.',
  ],
  params: {
    order_ids: 'The ids of 1 to 100 orders. None is given twice.',
  },
  request: { order_ids: `${madeOrder.order_id},5550009` },
  answer: { orders: [madeOrder], not_found: [5550009] },
  refusals: [
    {
      status: 'invalid-param',
      param: 'order_ids',
      code: 'duplicate',
      when: 'The same id stands at two places; the later one is named.',
    },
    {
      status: 'invalid-param',
      param: 'order_ids',
      code: 'answer-too-large',
      when: 'The orders are too large together for one answer, as some 30 of the largest are: ask for fewer at once.',
    },
  ],
});
