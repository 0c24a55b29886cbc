import { describeRoute } from '../../../../contract/describe-route.ts';
import { appointmentMadeEmail } from '../../../../orders/letters.ts';
import type { Appointment, Order } from '../../../../orders/order.ts';
import { updatedOrder } from '../../../example-docs.ts';
import { DRY_RUN } from '../../dry-run-docs.ts';
import { previewExample } from '../../preview-docs.ts';
import { createAppointment } from './route.ts';

const appointment: Appointment = {
  appt_id: 5550202,
  status: 'scheduled',
  scheduled_for: '2037-12-01T09:00:00.000Z',
  duration_minutes: 120,
  cancel_reason: null,
  cancel_note: null,
  cancelled_at: null,
  cancelled_by: null,
};
const after: Order = {
  ...updatedOrder,
  updated_at: '2037-11-23T10:05:00.000Z',
  appointments: [...updatedOrder.appointments, appointment],
};

export const createAppointmentDocs = describeRoute(createAppointment, {
  purpose: [
    'Makes an appointment for an order. Its client is told by e-mail.',
    'The answer is the order; the new appointment is the last of its `appointments`.',
  ],
  params: {
    order_id: 'The order.',
    updated_at:
      'The `updated_at` of the order as it was last seen. If the order has changed since, the request is refused as `stale`, with the current order in `data.order`.',
    scheduled_for: 'When the appointment is, not before yesterday in UTC.',
    duration_minutes: 'How long it takes, a day at most; null in the order when it is not given.',
    dry_run: DRY_RUN,
  },
  request: {
    order_id: updatedOrder.order_id,
    updated_at: updatedOrder.updated_at,
    scheduled_for: '2037-12-01T09:00:00Z',
    duration_minutes: 120,
  },
  answer: { order: after },
  preview: previewExample(updatedOrder, after, appointmentMadeEmail(after, appointment)),
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
      param: 'scheduled_for',
      code: 'in-past',
      when: 'The appointment would be before yesterday.',
    },
    {
      status: 'invalid-param',
      param: 'order_id',
      code: 'too-many-appointments',
      when: 'The order has 100 appointments already, cancelled ones included.',
    },
  ],
});
