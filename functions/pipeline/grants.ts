import type { Route } from '../contract/define-route.ts';
import type { Partition } from '../table/partitions.ts';

/**
 * What can be done to rows, in IAM's words. A transaction takes the action of each of its writes, `ConditionCheckItem` for
 * one that only checks.
 */
export type TableAction =
  | 'BatchGetItem'
  | 'ConditionCheckItem'
  | 'DeleteItem'
  | 'GetItem'
  | 'PutItem'
  | 'Query'
  | 'UpdateItem';

/** What may be done to the table, by kind of partition. */
export type TableGrants = Readonly<Partial<Record<Partition, readonly TableAction[]>>>;

/** What telling the team of a fault takes. */
export const TELLS_OF_FAULTS: TableGrants = { notifications: ['UpdateItem'] };

/** What sending a saved e-mail takes: whom it is to, whether Mandrill is there, and to record what became of it, for the team as well. */
export const SENDS_EMAIL: TableGrants = {
  circuit: ['BatchGetItem', 'UpdateItem'],
  client: ['BatchGetItem'],
  email: ['UpdateItem'],
  notifications: ['UpdateItem'],
};

/** Several grants in one. */
export const together = (...several: readonly TableGrants[]): TableGrants => {
  const all: Partial<Record<Partition, TableAction[]>> = {};
  for (const grants of several) {
    for (const [kind, actions] of Object.entries(grants) as [Partition, readonly TableAction[]][]) {
      all[kind] = [...new Set([...(all[kind] ?? []), ...actions])];
    }
  }
  return all;
};

/** What a route's function does to the table: its action, and the pipeline before and after it. */
export const tableGrants = ({ method, access, sendsEmail, table }: Route): TableGrants =>
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
    sendsEmail ? together(SENDS_EMAIL, { email: ['BatchGetItem', 'PutItem'] }) : {},
    table,
  );
