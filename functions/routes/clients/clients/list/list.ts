import { clientsOf } from '../../../../accounts/caller.ts';
import { viewOfClient } from '../../../../clients/client-view.ts';
import type { Client } from '../../../../clients/clients.ts';
import type { Action } from '../../../../pipeline/action.ts';
import type { Page } from '../../../../table/page.ts';
import { listAction, type PageStart } from '../../../list-action.ts';
import { listClients as route } from './route.ts';

/** What listing clients needs of the world. */
export interface Dependencies {
  /** @param ids of which clients; undefined for all */
  findClients(ids: readonly number[] | undefined, start: PageStart): Promise<Page<Client>>;
}

/** Lists the clients that the caller may see. */
export const listClients = ({ findClients }: Dependencies): Action<typeof route> =>
  listAction(route, {
    name: 'clients',
    find: (_, start, { caller }) => findClients(clientsOf(caller), start),
    see: viewOfClient,
  });
