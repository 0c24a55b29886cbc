import { findWaitingEmails } from '../../../../outbox/email-listing.ts';
import { pipeline } from '../../../../pipeline/pipeline.ts';
import { listEmails } from './list.ts';
import { listEmails as route } from './route.ts';

export const handler = pipeline(route, ({ table }) =>
  listEmails({
    findEmails: (state, start) => findWaitingEmails(table, state, start),
  }),
);
