import { findNotifications } from '../../../../notifications/notification-listing.ts';
import { pipeline } from '../../../../pipeline/pipeline.ts';
import { listNotifications } from './list.ts';
import { listNotifications as route } from './route.ts';

export const handler = pipeline(route, ({ table, stage }) =>
  listNotifications({
    findNotifications: (state, start) => findNotifications(table, { stage, state }, start),
  }),
);
