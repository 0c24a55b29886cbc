import type { Fault } from '../../functions/contract/faults.ts';
import type { Status } from '../../functions/contract/statuses.ts';

/** What the API answers, whatever comes of a request. */
export interface Envelope {
  status: Status;
  message: string;
  request_id?: string | undefined;
  data?: unknown;
  session?: unknown;
  errors?: Fault[];
}

/** Something that was not done: in the API's own words, or in ours when none of its words came. */
export class Failure extends Error {
  /** Undefined when the API was not reached, or only its gateway. */
  readonly status: Status | undefined;
  readonly faults: readonly Fault[];
  /** By which the request is found in the logs. */
  readonly requestId: string | undefined;

  constructor(message: string, { status, errors = [], request_id }: Partial<Envelope> = {}) {
    super(message);
    this.status = status;
    this.faults = errors;
    this.requestId = request_id;
  }
}

/** Whatever was thrown, as a failure. What is none is a fault of this page, and told to the browser's console. */
export const failureOf = (error: unknown): Failure => {
  if (error instanceof Failure) return error;
  reportError(error);
  return new Failure('Something failed in this page. If that stays so, reload it.');
};

/** Why a session is no good for the console any more, for whoever has to sign in again; undefined while it is good. */
export const endOfSession = ({ status }: Failure): string | undefined => {
  switch (status) {
    case 'session-expired':
      return 'Your session has expired. Sign in again.';
    case 'invalid-token':
      return 'You have been signed out: the session was ended. Sign in again.';
    case 'permission-required':
    case 'client-required':
      return FOR_EMPLOYEES;
    default:
      return undefined;
  }
};

export const FOR_EMPLOYEES = 'This console is for employees, and this account is not one of an employee.';
