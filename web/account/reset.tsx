import { Form } from '../kit/form.tsx';
import { useAccount } from './account.ts';
import { Frame } from './frame.tsx';
import { Link, useGo } from './navigation.tsx';
import { NewPassword } from './new-password.tsx';

/** Sets a password by a link. All sessions end then, that of this tab as well. */
export const Reset = ({ token }: { token: string }) => {
  const { api, end } = useAccount();
  const go = useGo();
  const isInvited = token.startsWith('inv_');
  return (
    <Frame title={isInvited ? 'Set your password' : 'Set another password'}>
      {token === '' ? (
        <p>Follow the link in the e-mail once more: this page has forgotten it.</p>
      ) : (
        <Form<'password'>
          submit="Set this password"
          underWay="Setting the password …"
          act={async ({ password }, how) => {
            await api.act(({ users }) => users.resetPassword({ reset: token, password }, how));
            end('Your password is set, and everybody who was signed in is signed out. Sign in with it.');
            go('/account');
          }}
        >
          <NewPassword label={isInvited ? 'Password' : 'New password'} />
        </Form>
      )}
      <ul class="ways">
        <li>
          The link is no good any more?{' '}
          {isInvited ? (
            'Ask whoever has invited you for another one.'
          ) : (
            <Link to="/account/forgot">Ask for another one</Link>
          )}
        </li>
      </ul>
    </Frame>
  );
};
