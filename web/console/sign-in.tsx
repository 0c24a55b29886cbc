import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Session } from '../../client/src/index.ts';
import { useAction } from '../kit/action.tsx';
import { apiFor, endSession, signIn } from '../kit/api.ts';
import { Failure } from '../kit/failure.ts';
import { FailureNotice } from '../kit/failure-notice.tsx';
import { FOR_EMPLOYEES } from './session.ts';

/**
 * Signs an employee in.
 *
 * @throws Failure, PlanoError, NoAnswerError; a Failure also when it is somebody else: the session is ended again, since it is good for nothing here; that it could
 *   not be is said besides
 */
const signInEmployee = async (email: string, password: string): Promise<Session> => {
  const session = await signIn({ email, password });
  if (session.roles.includes('employee')) return session;
  throw new Failure(FOR_EMPLOYEES + (await endSession(apiFor(session.token))));
};

interface Props {
  /** Why one has to sign in again. */
  reason: string | undefined;
  onSignedIn: (session: Session) => void;
}

export const SignIn = ({ reason, onSignedIn }: Props) => {
  const email = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  // Before it is drawn: later it could take the focus away from who has begun to type a password.
  useLayoutEffect(() => {
    document.title = 'Sign in · Plano Orders console';
    email.current?.focus();
  }, []);

  const { busy, failure, run } = useAction(async () => {
    if (email.current === null || password.current === null) return;
    try {
      onSignedIn(await signInEmployee(email.current.value, password.current.value));
    } catch (error) {
      password.current?.select();
      throw error;
    }
  });

  return (
    <main class="alone">
      <p class="brand">Plano Orders</p>
      <h1>Console</h1>
      <p class="soft">What needs looking after: notifications, e-mails and deployments. For employees.</p>
      {failure === undefined && reason !== undefined && (
        <p class="notice" role="alert">
          {reason}
        </p>
      )}
      {failure && <FailureNotice failure={failure} />}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <label for="email">E-mail address</label>
        <input id="email" ref={email} type="email" autocomplete="username" required />
        <label for="password">Password</label>
        <input id="password" ref={password} type="password" autocomplete="current-password" required />
        <button type="submit" class="primary" aria-disabled={busy}>
          {busy ? 'Signing in …' : 'Sign in'}
        </button>
      </form>
    </main>
  );
};
