import * as z from 'zod/mini';
import { defineRoute } from '../../../../contract/define-route.ts';
import { paging } from '../../../../contract/params.ts';
import { savedEmailView, WAITING_STATES } from '../../../../outbox/email-view.ts';
import { findWaitingEmails } from '../../../../outbox/grants.ts';
import { access } from '../../../../table/grants.ts';

export const listEmails = defineRoute({
  method: 'GET',
  path: 'emails/list',
  service: 'operations',
  purpose: 'Lists the e-mails that are still to be sent or wait for a decision, the longest due first.',
  sensitive: false,
  access: { roles: ['employee'], scope: 'notifications' },
  params: z.strictObject({ state: z.optional(z.enum(WAITING_STATES)), ...paging }),
  data: z.strictObject({ emails: z.array(savedEmailView), next_cursor: z.nullable(z.string()) }),
  table: access(findWaitingEmails),
});
