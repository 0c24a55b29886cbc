import { describeRoute } from '../../../../contract/describe-route.ts';
import { orderReceivedEmail } from '../../../../orders/letters.ts';
import { madeOrder } from '../../../example-docs.ts';
import { DRY_RUN } from '../../dry-run-docs.ts';
import { previewExample } from '../../preview-docs.ts';
import { createOrder } from './route.ts';

export const createOrderDocs = describeRoute(createOrder, {
  purpose: [
    'Makes an order for a client. A client orders for itself, a liaison for the clients that it looks after, employees and applications for any client.',
    'The client gets an e-mail which confirms that the order was received. The answer is the order, with the ids of its line items and of its appointment.',
  ],
  params: {
    client_id: 'For whom it is. Required of all but clients, who order for themselves.',
    reference: 'The client’s own number for the order, unique among its orders.',
    notes: 'Notes on the order. Without them it has an empty text.',
    line_items: 'What is ordered.',
    'line_items.name': 'The name of the service group.',
    'line_items.quantity': 'How many there are.',
    appointment: 'The first appointment. Others are made by `appointments/create`.',
    'appointment.scheduled_for': 'When it is, not before yesterday in UTC.',
    'appointment.duration_minutes':
      'How long it takes, a day at most; null in the order when it is not given.',
    dry_run: DRY_RUN,
  },
  request: {
    reference: 'PO-1187',
    line_items: [{ name: 'Install unit', quantity: 4 }],
    appointment: { scheduled_for: '2037-11-24T09:00:00Z', duration_minutes: 90 },
  },
  answer: { order: madeOrder },
  preview: previewExample(undefined, madeOrder, orderReceivedEmail({ ...madeOrder, order_id: undefined })),
  refusals: [
    {
      status: 'missing-param',
      param: 'client_id',
      code: 'missing',
      when: 'The caller is no client, and does not say for whom the order is.',
    },
    {
      status: 'invalid-param',
      param: 'client_id',
      code: 'not-found',
      when: 'There is no such client, or the caller may not order for it.',
    },
    {
      status: 'invalid-param',
      param: 'reference',
      code: 'taken',
      when: 'Another order of the client has that reference.',
    },
    {
      status: 'invalid-param',
      param: 'appointment.scheduled_for',
      code: 'in-past',
      when: 'The appointment would be before yesterday.',
    },
    {
      status: 'invalid-param',
      param: 'notes',
      code: 'order-too-large',
      when: 'The order would be larger than 128,000 bytes as JSON; the fault is in the parameter that makes it so.',
    },
  ],
});
