import { Field } from '../kit/field.tsx';
import { Form } from '../kit/form.tsx';
import { useUser } from './account.ts';
import { Frame } from './frame.tsx';
import { Link } from './navigation.tsx';
import { given } from './place.ts';

/** What a client does next. */
const Next = () => {
  const { user } = useUser();
  return (
    <Frame title="You are a client">
      <p>
        Your number is <strong>{user.client_id}</strong>. You can order from now on.
      </p>
      {!user.email_verified && (
        <p>
          Verify your address first, or you get no e-mail about your orders:{' '}
          <Link to="/account/verify">verify {user.email}</Link>.
        </p>
      )}
      <p>
        Orders are made by programs that call the API: <a href="/docs">its reference</a> tells how.
      </p>
      <p>
        <Link to="/account" isNext>
          Go to your account
        </Link>
      </p>
    </Frame>
  );
};

/** The page to which `client-required` leads: makes whoever is signed in a client. */
export const BecomeClient = () => {
  const { api, user, refresh } = useUser();
  if (user.client_id !== null) return <Next />;
  return (
    <Frame title="Become a client">
      <p>A client can order. All of this may be left empty; the people at Plano see what you fill in.</p>
      <Form<'company_name' | 'phone' | 'address'>
        submit="Become a client"
        underWay="Becoming a client …"
        act={async (values, how) => {
          await api.act(({ users }) => users.clientRegister(given(values), how));
          await refresh();
        }}
      >
        <Field name="company_name" label="Company" autocomplete="organization" optional />
        <Field name="phone" label="Telephone" type="tel" autocomplete="tel" optional />
        <Field name="address" label="Postal address" autocomplete="street-address" optional lines />
      </Form>
    </Frame>
  );
};
