import { useMemo, useState } from 'preact/hooks';
import type { SessionView } from '../functions/contract/session-view.ts';
import { apiFor } from './api.ts';
import { Console } from './console.tsx';
import { endOfSession } from './failure.ts';
import { forgetSession, keepSession, keptSession } from './session.ts';
import { SignIn } from './sign-in.tsx';

/** The console: whoever has no session that is good for it has to sign in, and is told why. */
export const App = () => {
  const [session, setSession] = useState(keptSession);
  const [reason, setReason] = useState<string>();

  const end = (why?: string): void => {
    forgetSession();
    setSession(undefined);
    setReason(why);
  };
  const begin = (opened: SessionView): void => {
    setSession(keepSession(opened));
    setReason(undefined);
  };
  const api = useMemo(() => {
    if (session === undefined) return undefined;
    return apiFor(session.token, (failure) => {
      const why = endOfSession(failure);
      // An answer may come late, when the session has ended already or is another one.
      if (why !== undefined && keptSession()?.token === session.token) end(why);
    });
  }, [session]);

  if (session === undefined || api === undefined) return <SignIn reason={reason} onSignedIn={begin} />;
  return (
    <Console
      key={session.token}
      api={api}
      name={session.name}
      onSignedOut={() => end('You have signed out.')}
    />
  );
};
