import * as z from 'zod/mini';
import { newAppointmentParams } from '../../../contract/appointments.ts';
import { defineRoute } from '../../../contract/define-route.ts';
import { orderView } from '../../../contract/order.ts';

export const createAppointment = defineRoute({
  method: 'POST',
  path: 'appointments/create',
  service: 'orders',
  purpose: 'Makes an appointment for an order, of which its client is told by e-mail.',
  sensitive: false,
  access: { roles: ['client', 'liaison', 'employee'], scope: 'orders:write' },
  params: newAppointmentParams,
  data: z.strictObject({ order: orderView }),
  table: { order: ['BatchGetItem', 'PutItem'] },
  sendsEmail: true,
});
