import { useState } from 'preact/hooks';
import { Field } from '../kit/field.tsx';
import { Form } from '../kit/form.tsx';
import { useAccount } from './account.ts';
import { Frame } from './frame.tsx';
import { Link } from './navigation.tsx';

/** Has a link sent, by which a password is set. It says the same whether anybody has the address or not, as the API does. */
export const Forgot = () => {
  const { api } = useAccount();
  const [asked, setAsked] = useState<string>();
  return (
    <Frame title="Forgot your password?">
      {asked !== undefined && (
        <p class="notice" role="status">
          If somebody has registered with {asked}, an e-mail with a link goes there within a minute. The link
          is good for one hour, and once. Nothing came? Look among the unwanted e-mails, and whether that is
          the address.
        </p>
      )}
      <p>Tell your address, and a link comes by e-mail with which you set another password.</p>
      <Form<'email'>
        submit="Send me a link"
        underWay="Sending …"
        act={async ({ email }, how) => {
          setAsked(undefined);
          await api.act(({ users }) => users.requestPasswordReset({ email }, how));
          setAsked(email);
        }}
      >
        <Field name="email" label="E-mail address" type="email" autocomplete="username" />
      </Form>
      <ul class="ways">
        <li>
          <Link to="/account">Back to your account</Link>
        </li>
      </ul>
    </Frame>
  );
};
