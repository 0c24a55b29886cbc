import type { ComponentChildren } from 'preact';
import type { AccountPath } from '../../functions/documents/account/paths.ts';
import { ActionButton, useAction } from '../kit/action.tsx';
import { Announcement, useAnnouncements } from '../kit/announcement.tsx';
import { Boundary } from '../kit/boundary.tsx';
import { endOfSession } from '../kit/failure.ts';
import { FailureNotice } from '../kit/failure-notice.tsx';
import { sessionKeptAs } from '../kit/kept-session.ts';
import { Loading } from '../kit/loading.tsx';
import { useRefreshed } from '../kit/refreshed.ts';
import { useSession } from '../kit/use-session.ts';
import { type Account, AccountContext } from './account.ts';
import { hasUser } from './answers.ts';
import { BecomeClient } from './become-client.tsx';
import { ChangePassword } from './change-password.tsx';
import { Forgot } from './forgot.tsx';
import { Header } from './header.tsx';
import { GoContext, usePlace } from './navigation.tsx';
import { Overview } from './overview.tsx';
import type { Place } from './place.ts';
import { Register } from './register.tsx';
import { Reset } from './reset.tsx';
import { SignIn } from './sign-in.tsx';
import { Verify } from './verify.tsx';

/** Not that of the console or of the reference, which are of the same origin: who works there may be a client here. */
const keeper = sessionKeptAs('account');

type Page = (props: { token: string }) => ComponentChildren;

/** The pages as they are for whoever is signed in, and for all others. */
const PAGES: Record<AccountPath, { signedIn: Page; signedOut: Page }> = {
  '/account': { signedIn: Overview, signedOut: SignIn },
  '/account/register': { signedIn: Overview, signedOut: Register },
  '/account/verify': { signedIn: Verify, signedOut: Verify },
  '/account/client': { signedIn: BecomeClient, signedOut: SignIn },
  '/account/forgot': { signedIn: Forgot, signedOut: Forgot },
  '/account/reset': { signedIn: Reset, signedOut: Reset },
  '/account/password': { signedIn: ChangePassword, signedOut: SignIn },
};

interface PageProps {
  place: Place;
  account: Omit<Account, 'user' | 'refresh'>;
}

const SignedOut = ({ place, account }: PageProps) => {
  const { signedOut: Shown } = PAGES[place.path];
  return (
    <AccountContext.Provider value={{ ...account, user: undefined, refresh: async () => {} }}>
      <Shown key={place} token={place.token} />
    </AccountContext.Provider>
  );
};

const SignedIn = ({ place, account }: PageProps) => {
  const { data, failure, refresh } = useRefreshed(() =>
    account.api.read(({ sessions }) => sessions.show(), hasUser),
  );
  const again = useAction(refresh);
  const { signedIn: Shown } = PAGES[place.path];
  if (data === undefined)
    return (
      <main class="alone">
        {failure ? <FailureNotice failure={failure} /> : <Loading />}
        {failure && <ActionButton action={again}>Try again</ActionButton>}
      </main>
    );
  return (
    <AccountContext.Provider value={{ ...account, user: data.user, refresh }}>
      <Header />
      <Shown key={place} token={place.token} />
    </AccountContext.Provider>
  );
};

/** The pages of one's account. */
export const App = () => {
  const { place, go } = usePlace();
  const { session, reason, api, begin, end } = useSession(keeper, endOfSession);
  const { said, announce } = useAnnouncements();
  const account = { api, reason, announce, begin, end };
  return (
    <GoContext.Provider value={go}>
      <Boundary until={place} within="main">
        {session === undefined ? (
          <SignedOut place={place} account={account} />
        ) : (
          <SignedIn key={session.token} place={place} account={account} />
        )}
      </Boundary>
      <Announcement said={said} />
    </GoContext.Provider>
  );
};
