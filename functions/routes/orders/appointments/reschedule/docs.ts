import { describeRoute } from '../../../../contract/describe-route.ts';
import { appointmentMovedEmail } from '../../../../orders/letters.ts';
import type { Appointment, Order } from '../../../../orders/order.ts';
import { madeOrder } from '../../../example-docs.ts';
import { DRY_RUN } from '../../dry-run-docs.ts';
import { previewExample } from '../../preview-docs.ts';
import { rescheduleAppointment } from './route.ts';

const [was] = madeOrder.appointments as [Appointment];
const is: Appointment = { ...was, scheduled_for: '2037-11-25T12:00:00.000Z' };
const after: Order = { ...madeOrder, updated_at: '2037-11-20T09:15:27.123Z', appointments: [is] };

export const rescheduleAppointmentDocs = describeRoute(rescheduleAppointment, {
  purpose: [
    'Moves an appointment to another time, or gives it another duration. The client of the order is told by e-mail.',
    'A request for the time and the duration that the appointment has already succeeds, changes nothing and sends nothing.',
  ],
  params: {
    order_id: 'The order.',
    updated_at:
      'The `updated_at` of the order as it was last seen. If the order has changed since, the request is refused as `stale`, with the current order in `data.order`.',
    appt_id: 'The appointment, one of the order that is not cancelled.',
    scheduled_for: 'When it is from now on, not before yesterday in UTC.',
    duration_minutes: 'How long it takes, a day at most. Without it the appointment takes as long as before.',
    dry_run: DRY_RUN,
  },
  request: {
    order_id: madeOrder.order_id,
    updated_at: madeOrder.updated_at,
    appt_id: 5550201,
    scheduled_for: '2037-11-25T13:00:00+01:00',
  },
  answer: { order: after },
  preview: previewExample(madeOrder, after, appointmentMovedEmail(after, was, is)),
  refusals: [
    {
      status: 'invalid-param',
      param: 'updated_at',
      code: 'stale',
      when: 'Somebody else has changed the order since: look at `data.order`, and decide again.',
    },
    {
      status: 'invalid-param',
      param: 'appt_id',
      code: 'not-found',
      when: 'The order has no such appointment.',
    },
    {
      status: 'invalid-param',
      param: 'appt_id',
      code: 'already-cancelled',
      when: 'The appointment is cancelled: make another one.',
    },
    {
      status: 'invalid-param',
      param: 'scheduled_for',
      code: 'in-past',
      when: 'The appointment would be before yesterday.',
    },
  ],
});
