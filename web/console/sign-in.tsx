import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Session, SessionsCreateParams } from '../../client/src/index.ts';
import { apiFor, endSession, openSession } from '../kit/api.ts';
import { Failure } from '../kit/failure.ts';
import { SignInForm } from '../kit/sign-in-form.tsx';
import { FOR_EMPLOYEES } from './session.ts';

/**
 * Signs an employee in.
 *
 * @throws Failure, PlanoError, NoAnswerError; a Failure also when it is somebody else: the session is ended again, since it is good for nothing here; that it could
 *   not be is said besides
 */
const signInEmployee = async (params: SessionsCreateParams): Promise<Session> => {
  const session = await openSession((client) => client.sessions.create(params));
  if (session.roles.includes('employee')) return session;
  throw new Failure(FOR_EMPLOYEES + (await endSession(apiFor(session.token))));
};

interface Props {
  /** Why one has to sign in again. */
  reason: string | undefined;
  onSignedIn: (session: Session) => void;
}

export const SignIn = ({ reason, onSignedIn }: Props) => {
  const main = useRef<HTMLElement>(null);
  // Before it is drawn: later it could take the focus away from who has begun to type a password.
  useLayoutEffect(() => {
    document.title = 'Sign in · Plano Orders console';
    main.current?.querySelector('input')?.focus();
  }, []);

  return (
    <main class="alone" ref={main}>
      <p class="brand">Plano Orders</p>
      <h1>Console</h1>
      <p class="soft">What needs looking after: notifications, e-mails and deployments. For employees.</p>
      {reason !== undefined && (
        <p class="notice" role="alert">
          {reason}
        </p>
      )}
      <SignInForm signIn={async (params) => onSignedIn(await signInEmployee(params))} />
    </main>
  );
};
