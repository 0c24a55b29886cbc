import { type Fault, MISSING } from './faults.ts';
import type { SessionView } from './session-view.ts';
import type { Status } from './statuses.ts';

interface Details {
  errors?: readonly Fault[];
  data?: unknown;
  session?: SessionView;
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
 * Refuses a request for its parameters, unless `faults` is empty. A missing parameter outranks an invalid one, and all
 * faults are listed either way.
 *
 * @throws {Refused} `missing-param` or `invalid-param`
 */
export const refuseFaults = (faults: readonly Fault[], data?: unknown): void => {
  if (faults.length === 0) return;
  const status = faults.some(({ code }) => code === MISSING) ? 'missing-param' : 'invalid-param';
  throw new Refused(status, { errors: faults, ...(data === undefined ? {} : { data }) });
};
