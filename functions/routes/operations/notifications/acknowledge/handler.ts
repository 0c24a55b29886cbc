import { findNotification } from '../../../../notifications/notification-listing.ts';
import { pipeline } from '../../../../pipeline/pipeline.ts';
import { acknowledgeNotification } from './acknowledge.ts';
import { acknowledgeNotification as route } from './route.ts';

export const handler = pipeline(route, ({ table, stage }) =>
  acknowledgeNotification({
    findNotification: (notification_id) => findNotification(table, stage, notification_id),
  }),
);
