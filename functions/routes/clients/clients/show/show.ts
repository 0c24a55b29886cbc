import { type Caller, clientOf, mayActFor } from '../../../../accounts/caller.ts';
import { viewOfClient } from '../../../../clients/client-view.ts';
import type { Client } from '../../../../clients/clients.ts';
import { type Fault, fault, missing } from '../../../../contract/faults.ts';
import type { Reading } from '../../../../contract/read-params.ts';
import type { Action } from '../../../../pipeline/action.ts';
import { unknownClient } from '../unknown-client.ts';
import type { showClient as route } from './route.ts';

/** What showing a client needs of the world. */
export interface Dependencies {
  findClient(client_id: number): Promise<Client | undefined>;
  /** The id of the client of an e-mail address. */
  findClientId(email: string): Promise<number | undefined>;
}

type Params = Reading<{ client_id?: number | undefined; email?: string | undefined }>;

/** The faults of how a client is named: by its id or by its address; a client that names none means itself. */
const namingFaults = ({ isGiven }: Params, caller: Caller): Fault[] => {
  if (isGiven('client_id') && isGiven('email')) {
    return [fault('email', 'conflicting', 'does not go with client_id, which names a client alone')];
  }
  if (isGiven('client_id') || isGiven('email')) return [];
  return clientOf(undefined, caller) === undefined ? [missing('client_id')] : [];
};

/** Shows a client to whom it concerns; to others it is as unknown as one that does not exist. */
export const showClient = ({ findClient, findClientId }: Dependencies): Action<typeof route> => ({
  prefetch: async ({ client_id, email }) =>
    client_id === undefined ? email && (await findClientId(email)) : await findClient(client_id),

  run: async ({ params, caller }) => {
    const { client_id, email } = params.complete(namingFaults(params, caller));
    const named = email === undefined ? clientOf(client_id, caller) : await findClientId(email);
    const client = named !== undefined && mayActFor(caller, named) ? await findClient(named) : undefined;
    if (client === undefined) {
      throw params.refusal([unknownClient(email === undefined ? 'client_id' : 'email')]);
    }
    return { data: { client: viewOfClient(client) } };
  },
});
