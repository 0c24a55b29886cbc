import * as z from 'zod/mini';
import { defineRoute } from '../../../../contract/define-route.ts';
import { reschedulingParams } from '../../../../orders/appointment-params.ts';
import { findOrder, saveChange } from '../../../../orders/grants.ts';
import { orderView } from '../../../../orders/order.ts';
import { orderPreview } from '../../../../orders/preview.ts';
import { access } from '../../../../table/grants.ts';

export const rescheduleAppointment = defineRoute({
  method: 'POST',
  path: 'appointments/reschedule',
  service: 'orders',
  purpose: 'Moves an appointment to another time, of which its client is told by e-mail.',
  sensitive: false,
  access: { roles: ['client', 'liaison', 'employee'], scope: 'orders:write' },
  params: reschedulingParams,
  data: z.strictObject({ order: orderView }),
  preview: orderPreview,
  table: access(findOrder, saveChange),
  sends: ['email'],
});
