import * as z from 'zod/mini';
import { defineRoute } from '../../../../contract/define-route.ts';
import { paging } from '../../../../contract/params.ts';
import { findNotifications } from '../../../../notifications/grants.ts';
import { NOTIFICATION_STATES, notificationView } from '../../../../notifications/notification.ts';
import { access } from '../../../../table/grants.ts';

export const listNotifications = defineRoute({
  method: 'GET',
  path: 'notifications/list',
  service: 'operations',
  purpose: 'Lists the notifications to the team, those that occurred last first.',
  sensitive: false,
  access: { roles: ['employee'], scope: 'notifications' },
  params: z.strictObject({ state: z.optional(z.enum(NOTIFICATION_STATES)), ...paging }),
  data: z.strictObject({ notifications: z.array(notificationView), next_cursor: z.nullable(z.string()) }),
  table: access(findNotifications),
});
