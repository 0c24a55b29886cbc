import { useMemo, useRef, useState } from 'preact/hooks';
import { apiFor } from '../kit/api.ts';
import { Boundary } from '../kit/boundary.tsx';
import type { KeptSession } from '../kit/checks.ts';
import { Console } from './console.tsx';
import { usePeriods } from './refreshed.ts';
import { endForConsole, session as keeper } from './session.ts';
import { SignIn } from './sign-in.tsx';

/** The console: whoever has no session that is good for it has to sign in, and is told why. */
export const App = () => {
  const [session, setSession] = useState(keeper.kept);
  const [reason, setReason] = useState<string>();
  const period = usePeriods();
  const current = useRef(session);
  const become = (next: KeptSession | undefined, why?: string): void => {
    current.current = next;
    setSession(next);
    setReason(why);
  };

  const end = (why?: string): void => {
    keeper.forget();
    become(undefined, why);
  };
  const api = useMemo(() => {
    if (session === undefined) return undefined;
    return apiFor(session.token, (failure) => {
      const why = endForConsole(failure);
      // An answer may come late, when the session has ended already or is another one.
      if (why !== undefined && current.current === session) end(why);
    });
  }, [session]);

  return (
    <Boundary until={period} within="main">
      {session === undefined || api === undefined ? (
        <SignIn reason={reason} onSignedIn={(opened) => become(keeper.keep(opened))} />
      ) : (
        <Console key={session.token} api={api} name={session.name} onSignedOut={end} />
      )}
    </Boundary>
  );
};
