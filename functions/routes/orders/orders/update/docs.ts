import { describeRoute } from '../../../../contract/describe-route.ts';
import { madeOrder, updatedOrder } from '../../../example-docs.ts';
import { DRY_RUN } from '../../dry-run-docs.ts';
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
    'line_items.line_item_id':
      'The item that changes, and only in the fields given. Without it an item is added.',
    'line_items.name': 'The name of the service group. An added item needs it.',
    'line_items.quantity': 'How many there are. An added item needs it.',
    'line_items.completed_quantity': 'How many are completed, at most as many as there are.',
    'line_items.completed_date':
      'The day or the time of completion, not in the future. Today when it is not given and something is completed.',
    'line_items.completed_by':
      'Who has completed it. The caller when it is not given and something is completed.',
    appointment: 'One of the order’s appointments; with a reason it is cancelled.',
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
  preview: {
    order: {
      order_id: 76069395957492,
      client_id: 5550100,
      reference: 'PO-1187',
      status: 'in_progress',
      notes: 'Two units could not be reached.',
      created_at: '2037-11-18T10:00:00.000Z',
      line_items: [
        {
          line_item_id: 5550101,
          name: 'Install unit',
          quantity: 4,
          completed_quantity: 3,
          completed_date: '2037-11-23',
          completed_by: 'Robin Field',
        },
      ],
      appointments: [
        {
          appt_id: 5550201,
          status: 'cancelled',
          scheduled_for: '2037-11-24T09:00:00.000Z',
          duration_minutes: 90,
          cancel_reason: 'Rain',
          cancel_note: null,
          cancelled_at: '2037-11-23T10:00:00.000Z',
          cancelled_by: 'Robin Field',
        },
      ],
    },
    changes: [
      { field: 'status', before: 'open', after: 'in_progress' },
      { field: 'notes', before: '', after: 'Two units could not be reached.' },
      { field: 'line_items[5550101].completed_quantity', before: 0, after: 3 },
      { field: 'line_items[5550101].completed_date', before: null, after: '2037-11-23' },
      { field: 'line_items[5550101].completed_by', before: null, after: 'Robin Field' },
      { field: 'appointments[5550201].status', before: 'scheduled', after: 'cancelled' },
      { field: 'appointments[5550201].cancel_reason', before: null, after: 'Rain' },
      { field: 'appointments[5550201].cancelled_at', before: null, after: '2037-11-23T10:00:00.000Z' },
      { field: 'appointments[5550201].cancelled_by', before: null, after: 'Robin Field' },
    ],
    email: {
      kind: 'appointment-cancelled',
      subject: 'Order 76069395957492: appointment cancelled',
      text: 'Hello,\n\nThe appointment on Tuesday, 24 November 2037 at 09:00 UTC (1 hour 30 minutes) for your order 76069395957492 has been cancelled.\n\nReason:\n> Rain\n\nWHERE YOUR ORDER STANDS\n\nStatus: in progress\n\n- Install unit: 3 of 4 done\n\nNo appointment is scheduled.\n\nPlano\n',
    },
  },
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
