import { type Fault, MISSING } from './faults.ts';
import type { SessionView } from './session-view.ts';
import type { Status } from './statuses.ts';

interface Details {
  errors?: readonly Fault[];
  data?: unknown | undefined;
  session?: SessionView;
  /** Seconds after which it makes sense to try again, where it is known better than the status tells. */
  retryAfter?: number;
}

/** A request that ends in a status other than success. Thrown anywhere, rendered in one place. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: Status;
  readonly details: Details;

  constructor(status: Status, details: Details = {}) {
    super(status);
    this.status = status;
    this.details = details;
  }
}

/**
 * The refusal of a request for its parameters' faults, of which there is at least one. A missing parameter outranks an
 * invalid one, and all are listed either way.
 */
export const refusalOf = (faults: readonly Fault[], data?: unknown): Refused => {
  const status = faults.some(({ code }) => code === MISSING) ? 'missing-param' : 'invalid-param';
  return new Refused(status, { errors: faults, data });
};
