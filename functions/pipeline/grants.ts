import type { Route } from '../contract/define-route.ts';
import { type TableGrants, together } from '../table/grants.ts';

/** What telling the team of a fault takes. */
export const TELLS_OF_FAULTS: TableGrants = { notifications: ['UpdateItem'] };

/** What sending a saved e-mail takes: whom it is to, whether Mandrill is there, and to record what became of it, for the team as well. */
export const SENDS_EMAIL: TableGrants = {
  circuit: ['BatchGetItem', 'UpdateItem'],
  client: ['BatchGetItem'],
  email: ['UpdateItem'],
  notifications: ['UpdateItem'],
};

/** What a route's function does to the table: its action, and the pipeline before and after it. */
export const tableGrants = ({ method, access, sends, table }: Route): TableGrants =>
  together(
    TELLS_OF_FAULTS,
    // Whether it is deployed.
    { deployments: ['BatchGetItem'] },
    // Whose the token is, and when its session was used.
    access === 'anyone' ? {} : { token: ['BatchGetItem'], used: ['BatchGetItem', 'UpdateItem'] },
    // What was answered under an idempotency key.
    method === 'POST' ? { idempotency: ['GetItem', 'PutItem'] } : {},
    // What release 0.2 answered under it, to whomever.
    method === 'POST' && access === 'anyone' ? { idempotency: ['ConditionCheckItem'] } : {},
    // An e-mail is saved with its change, and sent; a request that is sent again looks what became of it.
    sends?.includes('email') ? together(SENDS_EMAIL, { email: ['BatchGetItem', 'PutItem'] }) : {},
    table,
  );
