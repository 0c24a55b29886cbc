import { notify } from '../notifications/grants.ts';
import { access, Grant } from '../table/grants.ts';

/** Each says how a function of this folder uses the table, and is named after that, or after what it does. */

export const saveEmail = new Grant({ email: ['PutItem'] });

export const findSavedEmail = new Grant({ email: ['BatchGetItem'] });

/** Taking one sets aside, too, whose row cannot be read. */
export const takeEmail = new Grant({ email: ['UpdateItem'] });
export const takeDueEmail = takeEmail;

export const markSent = new Grant({ email: ['UpdateItem'] });

/** A failure that parks the e-mail is told to the team in the same transaction. */
export const markFailed = access(new Grant({ email: ['UpdateItem'] }), notify);

export const findCircuit = new Grant({ circuit: ['BatchGetItem'] });
export const mayAsk = new Grant({ circuit: ['UpdateItem'] });
export const learn = new Grant({ circuit: ['UpdateItem'] });

/** Whom it goes to is for others to find. */
export const deliver = access(findCircuit, mayAsk, learn, markSent, markFailed, notify);

export const outboxEntries = new Grant({}, ['unsent']);
export const countOutbox = new Grant({}, ['unsent']);

/** The index says which, the table says of each what it is by now. */
export const findWaitingEmails = access(outboxEntries, new Grant({ email: ['BatchGetItem'] }));

/** Has it sent again, or discards it. */
export const decideOnEmail = access(findSavedEmail, new Grant({ email: ['UpdateItem'] }));
