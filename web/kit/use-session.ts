import { useMemo, useRef, useState } from 'preact/hooks';
import { apiFor } from './api.ts';
import type { KeptSession } from './checks.ts';
import type { Failure } from './failure.ts';
import type { SessionKeeper } from './kept-session.ts';

/**
 * Who is signed in on a page, if anybody is, and the API for them.
 *
 * @param endOf tells why a failure means that the session is no good for the page any more; undefined when it does not
 */
export const useSession = (keeper: SessionKeeper, endOf: (failure: Failure) => string | undefined) => {
  const [session, setSession] = useState(keeper.kept);
  /** Why one has to sign in again. */
  const [reason, setReason] = useState<string>();
  const current = useRef(session);
  const become = (next: KeptSession | undefined, why?: string): void => {
    current.current = next;
    setSession(next);
    setReason(why);
  };

  const end = (why?: string): void => {
    keeper.forget();
    become(undefined, why);
  };
  const api = useMemo(
    () =>
      apiFor(session?.token, (failure) => {
        const why = session && endOf(failure);
        // An answer may come late, when the session has ended already or is another one.
        if (why !== undefined && current.current === session) end(why);
      }),
    [session],
  );
  return { session, reason, api, begin: (opened: KeptSession) => become(keeper.keep(opened)), end };
};
