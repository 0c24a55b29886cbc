import { deadlineOf, type RunningDeadline } from '../../functions/table/deadline.ts';

/** A deadline so far away that no test gets there. */
export const farDeadline = (): RunningDeadline => deadlineOf(() => 60_000);
