import * as z from 'zod/mini';
import { record } from '../../../../audit/grants.ts';
import { defineRoute } from '../../../../contract/define-route.ts';
import { id } from '../../../../contract/params.ts';
import { decidedEmailView } from '../../../../outbox/email-view.ts';
import { decideOnEmail } from '../../../../outbox/grants.ts';
import { access } from '../../../../table/grants.ts';

export const discardEmail = defineRoute({
  method: 'POST',
  path: 'emails/discard',
  service: 'operations',
  purpose: 'Discards an e-mail that waits: it will not be sent.',
  sensitive: false,
  access: { roles: ['employee'], scope: 'notifications' },
  params: z.strictObject({ email_id: id }),
  data: decidedEmailView,
  table: access(decideOnEmail, record),
});
