import { Field } from '../kit/field.tsx';
import { Form } from '../kit/form.tsx';
import { useUser } from './account.ts';
import { Frame } from './frame.tsx';
import { Link, useGo } from './navigation.tsx';
import { NewPassword } from './new-password.tsx';

export const ChangePassword = () => {
  const { api, user, announce } = useUser();
  const go = useGo();
  return (
    <Frame title="Change your password">
      <p>You stay signed in here, and are signed out everywhere else.</p>
      <Form<'current_password' | 'password'>
        submit="Change the password"
        underWay="Changing the password …"
        act={async ({ current_password, password }, how) => {
          await api.act(({ users }) => users.changePassword({ current_password, password }, how));
          announce('Your password is changed, and all other sessions have ended.');
          go('/account');
        }}
      >
        {/* By it a password manager knows whose password it is. */}
        <input class="unseen" autocomplete="username" value={user.email} readOnly tabIndex={-1} aria-hidden />
        <Field
          name="current_password"
          label="Current password"
          type="password"
          autocomplete="current-password"
        />
        <NewPassword label="New password" />
      </Form>
      <ul class="ways">
        <li>
          <Link to="/account">Leave it as it is</Link>
        </li>
      </ul>
    </Frame>
  );
};
