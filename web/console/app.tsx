import { useMemo, useRef, useState } from 'preact/hooks';
import type { KeptSession } from './answers.ts';
import { apiFor } from './api.ts';
import { Boundary } from './boundary.tsx';
import { Console } from './console.tsx';
import { endOfSession } from './failure.ts';
import { usePeriods } from './refreshed.ts';
import { forgetSession, keepSession, keptSession } from './session.ts';
import { SignIn } from './sign-in.tsx';

/** The console: whoever has no session that is good for it has to sign in, and is told why. */
export const App = () => {
  const [session, setSession] = useState(keptSession);
  const [reason, setReason] = useState<string>();
  const period = usePeriods();
  const current = useRef(session);
  const become = (next: KeptSession | undefined, why?: string): void => {
    current.current = next;
    setSession(next);
    setReason(why);
  };

  const end = (why?: string): void => {
    forgetSession();
    become(undefined, why);
  };
  const api = useMemo(() => {
    if (session === undefined) return undefined;
    return apiFor(session.token, (failure) => {
      const why = endOfSession(failure);
      // An answer may come late, when the session has ended already or is another one.
      if (why !== undefined && current.current === session) end(why);
    });
  }, [session]);

  return (
    <Boundary until={period} within="main">
      {session === undefined || api === undefined ? (
        <SignIn reason={reason} onSignedIn={(opened) => become(keepSession(opened))} />
      ) : (
        <Console key={session.token} api={api} name={session.name} onSignedOut={end} />
      )}
    </Boundary>
  );
};
