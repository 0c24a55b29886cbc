import { useState } from 'preact/hooks';
import type { User } from '../../client/src/index.ts';
import { ActionButton, useAction } from '../kit/action.tsx';
import { FailureNotice } from '../kit/failure-notice.tsx';
import { Field } from '../kit/field.tsx';
import { Form } from '../kit/form.tsx';
import { useAccount } from './account.ts';
import { hasUser } from './answers.ts';
import { Frame } from './frame.tsx';
import { Link } from './navigation.tsx';
import { codeIn, nextPathOf } from './place.ts';

const NEXT = { '/account/client': 'Become a client', '/account': 'Go to your account' };

/** That the address is verified, and where to go on. */
const Verified = ({ user }: { user: User }) => {
  const next = nextPathOf(user);
  return (
    <Frame title="Your address is verified">
      <p>Plano writes to {user.email} from now on.</p>
      <p>
        <Link to={next} isNext>
          {NEXT[next]}
        </Link>
      </p>
    </Frame>
  );
};

/** The way to another link and another code: whoever is signed in has them sent. */
const Another = () => {
  const { api, user } = useAccount();
  const [isSent, setSent] = useState(false);
  const { failure, ...send } = useAction(
    (how) => api.act(({ users }) => users.sendVerification({}, how)),
    async () => setSent(true),
  );
  if (user?.email_verified) return <p>The address {user.email} is verified already.</p>;
  if (user === undefined)
    return (
      <p>
        To have another e-mail sent, <Link to="/account">sign in</Link>. If the address is verified already,
        there is nothing left to do here.
      </p>
    );
  return (
    <>
      {failure && <FailureNotice failure={failure} />}
      <p role="status">
        {isSent && `Another e-mail is on its way to ${user.email}. The links and codes before it have ended.`}
      </p>
      <p>
        <ActionButton action={send}>Send another e-mail</ActionButton>
      </p>
    </>
  );
};

/** By a link: only a click verifies, so that a program that looks into mail and follows links does not use it up. */
const ByLink = ({ token, onVerified }: { token: string; onVerified: (user: User) => void }) => {
  const { api } = useAccount();
  const { failure, ...verify } = useAction(async (how) => {
    const { user } = await api.read(({ users }) => users.verify({ verification: token }, how), hasUser);
    onVerified(user);
  });
  return (
    <>
      {failure && (
        <FailureNotice failure={failure}>
          <p>The address was not verified.</p>
        </FailureNotice>
      )}
      {failure ? <Another /> : <p>One click says that the address is yours.</p>}
      <p>
        <ActionButton action={verify} kind="primary">
          Verify my address
        </ActionButton>
      </p>
    </>
  );
};

/** By the code of the same e-mail. */
const ByCode = ({ onVerified }: { onVerified: (user: User) => void }) => {
  const { api, user: signedIn } = useAccount();
  return (
    <>
      {signedIn ? (
        <p>
          An e-mail is on its way to <strong>{signedIn.email}</strong>. Follow its link, or enter its code
          here. Both are good for 24 hours, and the code for 5 tries.
        </p>
      ) : (
        <p>Enter the code from the e-mail, or follow the link in it once more.</p>
      )}
      <Form<'email' | 'code'>
        submit="Verify my address"
        underWay="Verifying …"
        act={async ({ email = signedIn?.email ?? '', code }, how) => {
          const params = { email, code: codeIn(code) };
          const { user } = await api.read(({ users }) => users.verify(params, how), hasUser);
          onVerified(user);
        }}
      >
        {signedIn === undefined && (
          <Field name="email" label="E-mail address" type="email" autocomplete="username" />
        )}
        <Field name="code" label="Code of 6 digits" inputMode="numeric" autocomplete="one-time-code" />
      </Form>
      <Another />
    </>
  );
};

/** Verifies an address, by the link or by the code that was sent there. */
export const Verify = ({ token }: { token: string }) => {
  const { user, refresh } = useAccount();
  const [verified, setVerified] = useState<User>();
  // A link is somebody's, who may be another than whoever is signed in.
  const known = verified ?? (token === '' && user?.email_verified ? user : undefined);
  const onVerified = (of: User): void => {
    setVerified(of);
    void refresh();
  };
  if (known !== undefined) return <Verified user={known} />;
  return (
    <Frame title="Verify your address">
      {token === '' ? <ByCode onVerified={onVerified} /> : <ByLink token={token} onVerified={onVerified} />}
    </Frame>
  );
};
