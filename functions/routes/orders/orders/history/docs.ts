import { describeRoute } from '../../../../contract/describe-route.ts';
import { EXAMPLE_NOW, madeOrder } from '../../../example-docs.ts';
import { showOrderHistory } from './route.ts';

export const showOrderHistoryDocs = describeRoute(showOrderHistory, {
  purpose: [
    'Shows every change of an order, the oldest first: when it was, who made it, and each value before and after. The first one is the making of the order.',
    'A `field` is a path such as `notes`, `line_items[5550101].completed_quantity` or `appointments[5550201].status`, with the id of the line item or appointment. One that was added is there as a whole, with null before it.',
  ],
  params: {
    order_id: 'The order.',
    limit: 'How many changes a page has at most; 25 when it is not given.',
    cursor: 'The `next_cursor` of the page before, to get the one after it.',
  },
  request: { order_id: '76069395957492' },
  answer: {
    history: [
      {
        at: madeOrder.created_at,
        by: { token: 'session', id: 5550001, name: 'Tess Quill' },
        changes: [
          { field: 'reference', before: null, after: 'PO-1187' },
          { field: 'line_items[5550101]', before: null, after: madeOrder.line_items[0] ?? null },
          { field: 'appointments[5550201]', before: null, after: madeOrder.appointments[0] ?? null },
        ],
      },
      {
        at: EXAMPLE_NOW,
        by: { token: 'session', id: 5550002, name: 'Robin Field' },
        changes: [
          { field: 'status', before: 'open', after: 'in_progress' },
          { field: 'notes', before: '', after: 'Two units could not be reached.' },
          { field: 'line_items[5550101].completed_quantity', before: 0, after: 3 },
          { field: 'line_items[5550101].completed_date', before: null, after: '2037-11-23' },
          { field: 'line_items[5550101].completed_by', before: null, after: 'Robin Field' },
          { field: 'appointments[5550201].status', before: 'scheduled', after: 'cancelled' },
          { field: 'appointments[5550201].cancel_reason', before: null, after: 'Rain' },
          { field: 'appointments[5550201].cancelled_at', before: null, after: EXAMPLE_NOW },
          { field: 'appointments[5550201].cancelled_by', before: null, after: 'Robin Field' },
        ],
      },
    ],
    next_cursor: null,
  },
  refusals: [
    {
      status: 'invalid-param',
      param: 'order_id',
      code: 'not-found',
      when: 'There is no such order, or it is not the caller’s to see.',
    },
    {
      status: 'invalid-param',
      param: 'cursor',
      code: 'other-list',
      when: 'The cursor was given for another order: start the list anew.',
    },
  ],
});
