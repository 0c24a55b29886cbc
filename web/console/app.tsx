import { Boundary } from '../kit/boundary.tsx';
import { usePeriods } from '../kit/refreshed.ts';
import { useSession } from '../kit/use-session.ts';
import { Console } from './console.tsx';
import { endForConsole, keeper } from './session.ts';
import { SignIn } from './sign-in.tsx';

/** The console: whoever has no session that is good for it has to sign in, and is told why. */
export const App = () => {
  const { session, reason, api, begin, end } = useSession(keeper, endForConsole);
  const period = usePeriods();
  return (
    <Boundary until={period} within="main">
      {session === undefined ? (
        <SignIn reason={reason} onSignedIn={begin} />
      ) : (
        <Console key={session.token} api={api} name={session.name} onSignedOut={end} />
      )}
    </Boundary>
  );
};
