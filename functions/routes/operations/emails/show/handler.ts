import { findSavedEmail } from '../../../../outbox/outbox.ts';
import { pipeline } from '../../../../pipeline/pipeline.ts';
import { showEmail as route } from './route.ts';
import { showEmail } from './show.ts';

export const handler = pipeline(route, ({ table }) =>
  showEmail({ findEmail: (email_id) => findSavedEmail(table, email_id) }),
);
