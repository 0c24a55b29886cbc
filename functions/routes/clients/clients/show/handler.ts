import { findClientId } from '../../../../clients/client-list.ts';
import { findClient } from '../../../../clients/clients.ts';
import { pipeline } from '../../../../pipeline/pipeline.ts';
import { showClient as route } from './route.ts';
import { showClient } from './show.ts';

export const handler = pipeline(route, ({ table }) =>
  showClient({
    findClient: (client_id) => findClient(table, client_id),
    findClientId: (email) => findClientId(table, email),
  }),
);
