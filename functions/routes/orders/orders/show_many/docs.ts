import { describeRoute } from '../../../../contract/describe-route.ts';
import { showOrders } from './route.ts';

export const showOrdersDocs = describeRoute(showOrders, {
  purpose: [
    'Shows up to 100 orders at once, in the order in which they are asked for.',
    'Ids of orders that do not exist, or that are not the caller’s to see, are in `data.not_found`: nobody can tell which. An order that cannot be read, by a fault of ours, is in neither list, and the team is told of it.',
  ],
  params: {
    order_ids:
      'The ids of 1 to 100 orders with commas between them, such as `5550001,5550002`. None is given twice.',
  },
  request: { order_ids: '76069395957492,5550009' },
  answer: {
    orders: [
      {
        order_id: 76069395957492,
        client_id: 5550100,
        reference: 'PO-1187',
        status: 'open',
        notes: '',
        created_at: '2026-11-18T10:00:00.000Z',
        updated_at: '2026-11-18T10:00:00.000Z',
        line_items: [
          {
            line_item_id: 5550101,
            name: 'Install unit',
            quantity: 4,
            completed_quantity: 0,
            completed_date: null,
            completed_by: null,
          },
        ],
        appointments: [],
      },
    ],
    not_found: [5550009],
  },
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
