import { findClient } from '../../../../clients/clients.ts';
import { pipeline } from '../../../../pipeline/pipeline.ts';
import { updateClient as route } from './route.ts';
import { updateClient } from './update.ts';

export const handler = pipeline(route, ({ table }) =>
  updateClient({ findClient: (client_id, anew) => findClient(table, client_id, anew) }),
);
