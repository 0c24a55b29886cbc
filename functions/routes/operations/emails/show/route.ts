import * as z from 'zod/mini';
import { defineRoute } from '../../../../contract/define-route.ts';
import { queryId } from '../../../../contract/params.ts';
import { savedEmailView } from '../../../../outbox/email-view.ts';
import { findSavedEmail } from '../../../../outbox/grants.ts';
import { access } from '../../../../table/grants.ts';

export const showEmail = defineRoute({
  method: 'GET',
  path: 'emails/show',
  service: 'operations',
  purpose: 'Shows what has become of an e-mail.',
  sensitive: false,
  access: { roles: ['employee'], scope: 'notifications' },
  params: z.strictObject({ email_id: queryId }),
  data: z.strictObject({ email: savedEmailView }),
  table: access(findSavedEmail),
});
