import { type Deadline, deadlineOf } from '../../functions/table/deadline.ts';

/** A deadline so far away that no test gets there. */
export const farDeadline = (): Deadline => deadlineOf(() => 60_000);
