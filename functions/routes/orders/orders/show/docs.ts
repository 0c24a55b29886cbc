import { describeRoute } from '../../../../contract/describe-route.ts';
import { updatedOrder } from '../../../example-docs.ts';
import { showOrder } from './route.ts';

export const showOrderDocs = describeRoute(showOrder, {
  purpose: [
    'Shows an order, by its id or by the number that its client has given it.',
    'Its `updated_at` is what a change of it has to be sent with.',
  ],
  params: {
    order_id: 'The order. It names an order alone, and goes with neither `reference` nor `client_id`.',
    reference: 'The client’s own number for the order.',
    client_id: 'Whose number the reference is. Required with it of all but clients.',
  },
  request: { order_id: '76069395957492' },
  answer: { order: updatedOrder },
  refusals: [
    {
      status: 'missing-param',
      param: 'order_id',
      code: 'missing',
      when: 'Neither `order_id` nor `reference` is given.',
    },
    {
      status: 'missing-param',
      param: 'client_id',
      code: 'missing',
      when: 'The caller is no client, and does not say whose number the reference is.',
    },
    {
      status: 'invalid-param',
      param: 'order_id',
      code: 'not-found',
      when: 'There is no such order, or it is not the caller’s to see.',
    },
    {
      status: 'invalid-param',
      param: 'reference',
      code: 'conflicting',
      when: 'It is given besides `order_id`.',
    },
  ],
});
