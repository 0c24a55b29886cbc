import * as z from 'zod/mini';
import { changedDetails } from '../../../../clients/client-params.ts';
import { clientView } from '../../../../clients/client-view.ts';
import { findClient, saveDetails } from '../../../../clients/grants.ts';
import { defineRoute } from '../../../../contract/define-route.ts';
import { id } from '../../../../contract/params.ts';
import { access } from '../../../../table/grants.ts';

export const updateClient = defineRoute({
  method: 'POST',
  path: 'clients/update',
  service: 'clients',
  purpose: 'Changes how a client can be reached.',
  sensitive: false,
  access: { roles: ['client', 'liaison', 'employee'], scope: 'orders:write' },
  params: z.strictObject({
    /** Required of all but clients. */
    client_id: z.optional(id),
    ...changedDetails,
  }),
  /** Without the client for a program that may not see clients. */
  data: z.strictObject({ client: z.optional(clientView) }),
  table: access(findClient, saveDetails),
});
