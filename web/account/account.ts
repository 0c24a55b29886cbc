import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { User } from '../../client/src/index.ts';
import type { Api } from '../kit/api.ts';
import type { KeptSession } from '../kit/checks.ts';

/** What every page needs. */
export interface Account {
  /** For whoever is signed in, or for anybody. */
  api: Api;
  /** Who is signed in, if anybody is. */
  user: User | undefined;
  /** Reads anew who is signed in. */
  refresh: () => Promise<void>;
  /** Says what has happened, to eyes and to screen readers, without taking the focus. */
  announce: (text: string) => void;
  begin: (session: KeptSession) => void;
  /** Forgets the session, and says why one has to sign in again. */
  end: (why: string) => void;
  /** Why one has to sign in again. */
  reason: string | undefined;
}

export const AccountContext = createContext<Account | undefined>(undefined);

export const useAccount = (): Account => {
  const account = useContext(AccountContext);
  if (account === undefined) throw new Error('there is an account only inside its pages');
  return account;
};

/** The account of whoever is signed in, for what only they see. */
export const useUser = (): Account & { user: User } => {
  const { user, ...account } = useAccount();
  if (user === undefined) throw new Error('nobody is signed in');
  return { ...account, user };
};
