import { describeRoute } from '../../../../contract/describe-route.ts';
import { emailOf } from '../../../../orders/letters.ts';
import { madeOrder, updatedOrder } from '../../../example-docs.ts';
import { DRY_RUN } from '../../dry-run-docs.ts';
import { previewExample } from '../../preview-docs.ts';
import { updateOrder } from './route.ts';

export const updateOrderDocs = describeRoute(updateOrder, {
  purpose: [
    'Changes an order: its notes, its reference, its line items and how much of them is completed, or cancels an appointment.',
    'Everything that a request asks for is done, or nothing. A request that changes nothing succeeds, and sends no e-mail. The client is told by e-mail when an appointment was cancelled, or when the order became completed.',
  ],
  params: {
    order_id: 'The order that is changed.',
    notes: 'Replaces the notes; an empty text clears them. Without it they stay as they are.',
    updated_at:
      'The `updated_at` of the order as it was last seen. If the order has changed since, the request is refused as `stale`, with the current order in `data.order`.',
    line_items:
      'Line items that change or are added. Those that are not named stay as they are. Only employees and applications may send any.',
    'line_items.name': 'The name of the service group. An added item needs it.',
    'line_items.line_item_id':
      'The item that changes, and only in the fields given. Without it an item is added.',
    'line_items.quantity': 'How many there are. An added item needs it.',
    'line_items.completed_quantity': 'How many are completed, at most as many as there are.',
    'line_items.completed_date':
      'The day or the time of completion, not in the future. Today when it is not given and something is completed.',
    'line_items.completed_by':
      'Who has completed it. The caller when it is not given and something is completed.',
    appointment:
      'One of the order’s appointments; with a reason it is cancelled, and without one it stays as it is. For an order that has none, `appointments/create` makes one first.',
    'appointment.appt_id': 'The appointment.',
    'appointment.cancel_reason': 'Why it is cancelled. Without it the appointment stays as it is.',
    'appointment.cancel_note': 'More about the reason, with which it has to be given.',
    reference:
      'The client’s own number for the order, unique among its orders. Without it, it stays as it is.',
    dry_run: DRY_RUN,
  },
  request: {
    order_id: madeOrder.order_id,
    updated_at: madeOrder.updated_at,
    notes: 'Two units could not be reached.',
    line_items: [{ line_item_id: 5550101, completed_quantity: 3 }],
    appointment: { appt_id: 5550201, cancel_reason: 'Rain' },
  },
  answer: { order: updatedOrder },
  preview: previewExample(
    madeOrder,
    updatedOrder,
    emailOf({ after: updatedOrder, cancelled: updatedOrder.appointments[0], completed: false }),
  ),
  refusals: [
    {
      status: 'invalid-param',
      param: 'updated_at',
      code: 'stale',
      when: 'Somebody else has changed the order since: look at `data.order`, and decide again.',
    },
    {
      status: 'invalid-param',
      param: 'order_id',
      code: 'not-found',
      when: 'There is no such order, or it is not the caller’s to see.',
    },
    {
      status: 'invalid-param',
      param: 'appointment.appt_id',
      code: 'already-cancelled',
      when: 'It is to be cancelled, and is already.',
    },
    {
      status: 'invalid-param',
      param: 'line_items',
      code: 'not-permitted',
      when: 'A client or a liaison sends line items.',
    },
    {
      status: 'invalid-param',
      param: 'reference',
      code: 'taken',
      when: 'Another order of the client has that reference.',
    },
  ],
});
