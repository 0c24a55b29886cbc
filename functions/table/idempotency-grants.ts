import { Grant } from './grants.ts';

/** Each says how something that is done with an idempotency key uses the table. */

export const findRecord = new Grant({ idempotency: ['GetItem'] });

export const saveRecord = new Grant({ idempotency: ['PutItem'] });

/** The check that release 0.2 has not done it, of a key that was not its caller's own then. */
export const refuseDoneBy02 = new Grant({ idempotency: ['ConditionCheckItem'] });

/** The routes without a token that release 0.2 had. */
export const OPEN_IN_0_2: readonly string[] = ['users/register', 'sessions/create'];

export const resaltRecord = new Grant({ idempotency: ['UpdateItem'] });
