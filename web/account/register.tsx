import { openSession } from '../kit/api.ts';
import { Field } from '../kit/field.tsx';
import { Form } from '../kit/form.tsx';
import { useAccount } from './account.ts';
import { Frame } from './frame.tsx';
import { Link, useGo } from './navigation.tsx';
import { NewPassword } from './new-password.tsx';

/** Makes a user, who then verifies the address. */
export const Register = () => {
  const { begin } = useAccount();
  const go = useGo();
  return (
    <Frame title="Register">
      <Form<'name' | 'email' | 'password'>
        submit="Register"
        underWay="Registering …"
        act={async (params, how) => {
          begin(await openSession((client) => client.users.register(params, how)));
          go('/account/verify');
        }}
      >
        <Field name="name" label="Your name" autocomplete="name" />
        <Field name="email" label="E-mail address" type="email" autocomplete="username" />
        <NewPassword label="Password" />
      </Form>
      <ul class="ways">
        <li>
          Registered already? <Link to="/account">Sign in</Link>
        </li>
      </ul>
    </Frame>
  );
};
