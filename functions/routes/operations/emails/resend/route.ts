import * as z from 'zod/mini';
import { record } from '../../../../audit/grants.ts';
import { defineRoute } from '../../../../contract/define-route.ts';
import { id } from '../../../../contract/params.ts';
import { decidedEmailView } from '../../../../outbox/email-view.ts';
import { decideOnEmail } from '../../../../outbox/grants.ts';
import { access } from '../../../../table/grants.ts';

export const resendEmail = defineRoute({
  method: 'POST',
  path: 'emails/resend',
  service: 'operations',
  purpose:
    'Has an e-mail sent again that is unsent or parked: it is due now, and tried for another 24 hours.',
  sensitive: false,
  access: { roles: ['employee'], scope: 'notifications' },
  params: z.strictObject({ email_id: id }),
  data: decidedEmailView,
  table: access(decideOnEmail, record),
});
