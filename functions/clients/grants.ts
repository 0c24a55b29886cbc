import { Grant } from '../table/grants.ts';

/** Each says how a function of this folder uses the table, and is named after that, or after what it does. */

export const findClient = new Grant({ client: ['BatchGetItem'] });

export const saveClient = new Grant({ client: ['PutItem'] });

export const verifiedClient = new Grant({ client: ['UpdateItem'] });
