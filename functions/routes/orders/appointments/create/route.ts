import * as z from 'zod/mini';
import { defineRoute } from '../../../../contract/define-route.ts';
import { newAppointmentParams } from '../../../../orders/appointment-params.ts';
import { findOrder, saveChange } from '../../../../orders/grants.ts';
import { orderView } from '../../../../orders/order.ts';
import { orderPreview } from '../../../../orders/preview.ts';
import { access } from '../../../../table/grants.ts';

export const createAppointment = defineRoute({
  method: 'POST',
  path: 'appointments/create',
  service: 'orders',
  purpose: 'Makes an appointment for an order, of which its client is told by e-mail.',
  sensitive: false,
  access: { roles: ['client', 'liaison', 'employee'], scope: 'orders:write' },
  params: newAppointmentParams,
  data: z.strictObject({ order: orderView }),
  preview: orderPreview,
  table: access(findOrder, saveChange),
  sends: ['email'],
});
