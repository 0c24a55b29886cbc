import { access, Grant } from '../table/grants.ts';

/** Each says how a function of this folder uses the table, and is named after that, or after what it does. */

export const findClient = new Grant({ client: ['BatchGetItem'] });
export const findClientId = new Grant({ clientAddress: ['BatchGetItem'] });
export const findClients = access(findClient, new Grant({ clients: ['Query'] }));

/** A client is found by lists and by its address. */
export const saveClient = new Grant({
  client: ['PutItem'],
  clients: ['PutItem'],
  clientAddress: ['PutItem'],
});
export const saveDetails = new Grant({ client: ['UpdateItem'] });
export const verifiedClient = new Grant({ client: ['UpdateItem'] });
