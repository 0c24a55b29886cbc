import { access, Grant } from '../table/grants.ts';

/** Each says how a function of this folder uses the table, and is named after that, or after what it does. */

export const findOrder = new Grant({ order: ['BatchGetItem'] });

/** The history stands in its order's partition. */
export const saveNewOrder = new Grant({ order: ['PutItem'] });
export const saveChange = new Grant({ order: ['PutItem', 'UpdateItem'] });
/** Keeps a client's own numbers apart; a change gives up the one before. A dry run looks whether one is taken (`findOrderId`). */
export const claimReference = new Grant({ reference: ['PutItem'] });
export const changeReference = new Grant({ reference: ['DeleteItem', 'PutItem'] });
export const findOrderId = new Grant({ reference: ['BatchGetItem'] });
export const findHistory = new Grant({ order: ['Query'] });

/** The indexes say which, the table says of each what it is by now. */
export const findOrders = access(findOrder, new Grant({}, ['orders-of-all', 'orders-of-client']));
