import { clientOf, mayActFor, maySee } from '../../../../accounts/caller.ts';
import { viewOfClient } from '../../../../clients/client-view.ts';
import { type Client, saveDetails, withDetails } from '../../../../clients/clients.ts';
import { missing } from '../../../../contract/faults.ts';
import type { Action } from '../../../../pipeline/action.ts';
import { MOST_TRIES, untilUnchanged } from '../../../../table/until-unchanged.ts';
import { unknownClient } from '../unknown-client.ts';
import type { updateClient as route } from './route.ts';

/** What changing a client needs of the world. */
export interface Dependencies {
  findClient(client_id: number, anew?: boolean): Promise<Client | undefined>;
}

/** Changes what a client says of itself; only what is given. */
export const updateClient = ({ findClient }: Dependencies): Action<typeof route> => ({
  prefetch: async ({ client_id }) => client_id && (await findClient(client_id)),

  run: async ({ params, caller }, begin) => {
    const client_id = clientOf(params.sound.client_id, caller);
    const named = client_id !== undefined && mayActFor(caller, client_id) ? client_id : undefined;
    return untilUnchanged(MOST_TRIES, async (anew) => {
      const client = named === undefined ? undefined : await findClient(named, anew);
      const unknown = client_id === undefined ? missing('client_id') : unknownClient('client_id');
      const details = params.complete(client === undefined ? [unknown] : []);
      // Without one, the parameters were refused.
      const before = client as Client;
      const after = withDetails(before, details);
      return begin()
        .add(...saveDetails(before, after))
        .commit({
          data: maySee(caller) ? { client: viewOfClient(after) } : {},
          client_id: before.client_id,
        });
    });
  },
});
