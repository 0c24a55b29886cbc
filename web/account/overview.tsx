import { ViewHeading } from '../kit/heading.tsx';
import { useUser } from './account.ts';
import { useTitle } from './frame.tsx';
import { Link } from './navigation.tsx';
import { Sessions } from './sessions.tsx';

const TITLE = 'Your account';

/** Who one is here, and what can be done about it. */
export const Overview = () => {
  const { name, email, email_verified, roles, client_id } = useUser().user;
  useTitle(TITLE);
  return (
    <main>
      <ViewHeading>{TITLE}</ViewHeading>
      {!email_verified && (
        <p class="notice">
          Your address is not verified yet, and until then Plano writes you nothing else.{' '}
          <Link to="/account/verify">Verify it</Link>
        </p>
      )}
      {roles.length === 0 && (
        <p class="notice">
          You cannot order yet. <Link to="/account/client">Become a client</Link>
        </p>
      )}
      <section class="card" aria-labelledby="who">
        <h2 id="who">{name}</h2>
        <dl>
          <dt>E-mail address</dt>
          <dd>
            {email}, {email_verified ? 'verified' : 'not verified'}
          </dd>
          <dt>Roles</dt>
          <dd>{roles.join(', ') || 'none'}</dd>
          {client_id !== null && (
            <>
              <dt>Client number</dt>
              <dd>{client_id}</dd>
            </>
          )}
        </dl>
        <p>
          <Link to="/account/password">Change your password</Link>
        </p>
      </section>
      <Sessions />
    </main>
  );
};
