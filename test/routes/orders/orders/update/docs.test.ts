import { expect, it } from 'vitest';
import { emailOf } from '../../../../../functions/orders/letters.ts';
import type { Order } from '../../../../../functions/orders/order.ts';
import { applyUpdate } from '../../../../../functions/orders/order-update.ts';
import { previewOf } from '../../../../../functions/orders/preview.ts';
import { updateOrderDocs } from '../../../../../functions/routes/orders/orders/update/docs.ts';
import { anEmployee } from '../../../../support/orders.ts';

it('The example is of one request, what it does, and what a dry run of it tells', () => {
  const { request, answer, preview } = updateOrderDocs.docs;
  const after = answer.order;
  const before: Order = {
    ...after,
    status: 'open',
    notes: '',
    updated_at: request.updated_at,
    line_items: after.line_items.map((item) => ({
      ...item,
      completed_quantity: 0,
      completed_date: null,
      completed_by: null,
    })),
    appointments: after.appointments.map((appointment) => ({
      ...appointment,
      status: 'scheduled',
      cancel_reason: null,
      cancelled_at: null,
      cancelled_by: null,
    })),
  };
  const caller = { ...anEmployee(), name: 'Robin Field' };
  const params = updateOrderDocs.route.params.parse(request);
  const change = applyUpdate(before, params, { caller, now: new Date(after.updated_at), newId: () => 1 });
  if (change === undefined) throw new Error('it changes nothing');
  expect(change.after).toEqual(after);
  const { kind, subject, text } = emailOf(change) ?? {};
  const whole = { ...previewOf(before, after, change.history.changes), email: { kind, subject, text } };
  expect(preview).toEqual(whole);
});
