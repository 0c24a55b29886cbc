import * as z from 'zod/mini';
import { record } from '../../../../audit/grants.ts';
import { defineRoute } from '../../../../contract/define-route.ts';
import { id } from '../../../../contract/params.ts';
import { acknowledge, findNotification } from '../../../../notifications/grants.ts';
import { notificationView } from '../../../../notifications/notification.ts';
import { access } from '../../../../table/grants.ts';

export const acknowledgeNotification = defineRoute({
  method: 'POST',
  path: 'notifications/acknowledge',
  service: 'operations',
  purpose: 'Acknowledges a notification: somebody looks after it, until it occurs again.',
  sensitive: false,
  access: { roles: ['employee'], scope: 'notifications' },
  params: z.strictObject({ notification_id: id }),
  data: z.strictObject({ notification: notificationView }),
  table: access(findNotification, acknowledge, record),
});
