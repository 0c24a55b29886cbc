import { type Retry, type Status, statuses } from '../../functions/contract/statuses.ts';

/** What each status says about sending again, in the order of the table of statuses. */
export const retries = (): [Status, Retry][] =>
  (Object.entries(statuses) as [Status, { retry: Retry }][]).map(([status, { retry }]) => [status, retry]);
