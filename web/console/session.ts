import { endOfSession, type Failure } from '../kit/failure.ts';
import { sessionKeptAs } from '../kit/kept-session.ts';

/** The session of the console in this tab. */
export const keeper = sessionKeptAs('session');

export const FOR_EMPLOYEES = 'This console is for employees, and this account is not one of an employee.';

/** Why a session is no good for the console any more, for whoever has to sign in again; undefined while it is good. */
export const endForConsole = (failure: Failure): string | undefined =>
  failure.status === 'permission-required' || failure.status === 'client-required'
    ? FOR_EMPLOYEES
    : endOfSession(failure);
