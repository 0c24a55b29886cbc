import { describeRoute } from '../../../../contract/describe-route.ts';
import { updatedOrder } from '../../../example-docs.ts';
import { listOrders } from './route.ts';

export const listOrdersDocs = describeRoute(listOrders, {
  purpose: [
    'Lists orders, the newest change first: a client’s own, those of the clients that a liaison looks after, or all of them for employees and applications.',
    'A page can have fewer orders than asked for though the list goes on; it ends where `next_cursor` is null. A reader that pages to the end misses no order, except one that changes meanwhile and so moves to the front.',
  ],
  params: {
    status: 'Only orders of this status.',
    client_id: 'Only orders of this client.',
    updated_since:
      'Only orders that have changed then or later. A change shows in the list some seconds late: whoever follows changes asks from a minute before the last time.',
    limit: 'How many orders a page has at most; 25 when it is not given.',
    cursor:
      'The `next_cursor` of the page before, to get the one after it. The other parameters stay as they were, but for `limit`.',
  },
  request: { status: 'in_progress', limit: '10' },
  answer: { orders: [updatedOrder], next_cursor: null },
  refusals: [
    {
      status: 'invalid-param',
      param: 'client_id',
      code: 'not-found',
      when: 'There is no such client, or the caller may not see its orders.',
    },
    {
      status: 'invalid-param',
      param: 'cursor',
      code: 'other-list',
      when: 'The cursor was given for other parameters: start the list anew.',
    },
    {
      status: 'invalid-param',
      param: 'cursor',
      code: 'malformed',
      when: 'The cursor is none that was given here: start the list anew.',
    },
  ],
});
