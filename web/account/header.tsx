import { ActionButton, useAction } from '../kit/action.tsx';
import { endSession } from '../kit/api.ts';
import { useUser } from './account.ts';
import { Link, useGo } from './navigation.tsx';

/** Who is signed in, and the way to the account and out. */
export const Header = () => {
  const { api, user, end } = useUser();
  const go = useGo();
  const signOut = useAction(async () => {
    // Also when the API is out of reach, nobody is to stay signed in here: what is left of the session there expires.
    end(`You have signed out.${await endSession(api)}`);
    go('/account');
  });
  return (
    <header class="top">
      <div class="bar">
        <p class="brand">
          Plano Orders <Link to="/account">Your account</Link>
        </p>
        <p class="who soft">{user.name}</p>
        <ActionButton action={signOut}>Sign out</ActionButton>
      </div>
    </header>
  );
};
