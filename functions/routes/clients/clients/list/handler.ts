import { findAllClients, findClientsOf } from '../../../../clients/client-listing.ts';
import { pipeline } from '../../../../pipeline/pipeline.ts';
import { listClients } from './list.ts';
import { listClients as route } from './route.ts';

export const handler = pipeline(route, ({ table }) =>
  listClients({
    findClients: (ids, start) =>
      ids === undefined ? findAllClients(table, start) : findClientsOf(table, ids, start),
  }),
);
