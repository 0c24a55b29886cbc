import { findNotification } from '../../../../notifications/notification-listing.ts';
import { acknowledged } from '../../../../notifications/notification-store.ts';
import { pipeline } from '../../../../pipeline/pipeline.ts';
import { acknowledgeNotification } from './acknowledge.ts';
import { acknowledgeNotification as route } from './route.ts';

export const handler = pipeline(route, ({ table, stage, now, writesOf }) =>
  acknowledgeNotification({
    findNotification: (notification_id) => findNotification(table, stage, notification_id),
    acknowledge: (notification, by, outcome) =>
      table.transact([...writesOf(outcome), acknowledged(notification, by, now)]),
  }),
);
