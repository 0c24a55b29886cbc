import { openSession } from '../kit/api.ts';
import { SignInForm } from '../kit/sign-in-form.tsx';
import { useAccount } from './account.ts';
import { Frame } from './frame.tsx';
import { Link } from './navigation.tsx';

/** Stands in the place of a page for whoever is signed in, which then comes. */
export const SignIn = () => {
  const { reason, begin } = useAccount();
  return (
    <Frame title="Sign in">
      {reason !== undefined && (
        <p class="notice" role="alert">
          {reason}
        </p>
      )}
      <SignInForm
        signIn={async (params) => begin(await openSession((client) => client.sessions.create(params)))}
      />
      <ul class="ways">
        <li>
          <Link to="/account/forgot">Forgot your password?</Link>
        </li>
        <li>
          New here? <Link to="/account/register">Register</Link>
        </li>
      </ul>
    </Frame>
  );
};
