import * as z from 'zod/mini';
import { clientView } from '../../../../clients/client-view.ts';
import { findClients } from '../../../../clients/grants.ts';
import { defineRoute } from '../../../../contract/define-route.ts';
import { paging } from '../../../../contract/params.ts';

export const listClients = defineRoute({
  method: 'GET',
  path: 'clients/list',
  service: 'clients',
  purpose: 'Lists clients, those first who have become one last.',
  sensitive: false,
  access: { roles: ['client', 'liaison', 'employee'], scope: 'orders:read' },
  params: z.strictObject(paging),
  data: z.strictObject({ clients: z.array(clientView), next_cursor: z.nullable(z.string()) }),
  table: findClients,
});
