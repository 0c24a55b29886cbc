import { type Fault, fault } from '../../../contract/faults.ts';

/** The fault of a client that does not exist, or that the caller may not see: nobody can tell which. */
export const unknownClient = (param: 'client_id' | 'email'): Fault =>
  fault(param, 'not-found', 'is that of no client that you can see');
