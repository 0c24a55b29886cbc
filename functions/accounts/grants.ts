import { access, Grant } from '../table/grants.ts';
import { resaltRecord } from '../table/idempotency-grants.ts';

/**
 * Each says how a function of this folder uses the table, and is named after that, or after what it does. Those that write tokens
 * make, change or end proofs of who somebody is: they are for the routes of auth alone.
 */

export const findCredential = new Grant({ token: ['BatchGetItem'], used: ['BatchGetItem'] });

/** That a session was used is noted beside it, so that whoever notes it cannot make one. */
export const noteUse = new Grant({ used: ['UpdateItem'] });

/** Read by itself, a token's row shows what a transaction has done that was seen elsewhere. */
export const findSession = new Grant({ token: ['GetItem'], used: ['BatchGetItem'] });

export const findUser = new Grant({ user: ['BatchGetItem'] });

export const findLogin = new Grant({ login: ['BatchGetItem'] });
export const findSavedLogin = new Grant({ login: ['GetItem'] });
export const replacePassword = new Grant({ login: ['UpdateItem'] });
export const setPassword = replacePassword;
export const passwordUnchanged = new Grant({ login: ['ConditionCheckItem'] });

/** Where a user signed in from stands beside what signing in takes. */
export const lastSignInFrom = new Grant({ login: ['BatchGetItem'] });
export const rememberSource = new Grant({ login: ['PutItem'] });

export const countAttempts = new Grant({ attempts: ['BatchGetItem', 'PutItem'] });
/** Counts attempts, and checks, in what is done meanwhile, that they are no more. */
export const limitAttempts = access(countAttempts, new Grant({ attempts: ['ConditionCheckItem'] }));

export const sourceHash = new Grant({ sourceKey: ['BatchGetItem', 'PutItem'] });

/** What is sent to an address so that it proves whose that is. */
export const findProof = new Grant({ proof: ['BatchGetItem'] });
export const proofToTry = new Grant({ proof: ['UpdateItem'] });
export const askForProof = new Grant({ proof: ['PutItem'] });
/** Whoever sends the e-mail of a proof makes what proves it. */
export const makeProof = new Grant({ proof: ['UpdateItem'] });
export const useProof = new Grant({ proof: ['DeleteItem'] });

/** Whoever has used the link of an invitation stands in the list of employees. */
export const employ = new Grant({ user: ['UpdateItem'], users: ['PutItem'] });

export const changeUser = new Grant({ user: ['UpdateItem'] });

/** A session, and what points to it in its user's partition. */
export const saveSession = new Grant({ token: ['PutItem'], user: ['PutItem'] });
export const saveNewUser = new Grant({ login: ['PutItem'], user: ['PutItem'], users: ['PutItem'] });

export const endSession = new Grant({ token: ['DeleteItem'], used: ['UpdateItem'], user: ['DeleteItem'] });

export const keptSessionsOf = new Grant({
  token: ['BatchGetItem'],
  used: ['BatchGetItem'],
  user: ['Query'],
});

export const endOthers = access(keptSessionsOf, new Grant({ token: ['DeleteItem'] }));

/** A pointer to nothing is removed once it is checked that there is no such session. */
export const makeRoom = access(
  keptSessionsOf,
  endSession,
  new Grant({ token: ['ConditionCheckItem'], user: ['DeleteItem'] }),
);

export const openSession = access(findUser, makeRoom, saveSession, new Grant({ user: ['UpdateItem'] }));
export const reopenSession = access(findSession, openSession, passwordUnchanged, resaltRecord);

/** A user with more sessions than a transaction takes loses some; what pointed to them is left. */
export const changeRoles = access(
  findUser,
  keptSessionsOf,
  new Grant({ token: ['DeleteItem', 'UpdateItem'], user: ['UpdateItem'] }),
);
