import * as z from 'zod/mini';
import { clientView } from '../../../../clients/client-view.ts';
import { findClient, findClientId } from '../../../../clients/grants.ts';
import { defineRoute } from '../../../../contract/define-route.ts';
import { emailAddress } from '../../../../contract/email-address.ts';
import { queryId } from '../../../../contract/params.ts';
import { access } from '../../../../table/grants.ts';

export const showClient = defineRoute({
  method: 'GET',
  path: 'clients/show',
  service: 'clients',
  purpose: 'Shows a client, by its id or by its e-mail address.',
  sensitive: false,
  access: { roles: ['client', 'liaison', 'employee'], scope: 'orders:read' },
  params: z.strictObject({
    client_id: z.optional(queryId),
    email: z.optional(emailAddress),
  }),
  data: z.strictObject({ client: clientView }),
  table: access(findClient, findClientId),
});
