import type { SessionView } from '../functions/contract/session-view.ts';

/** What the console keeps of a session. */
export type Session = Pick<SessionView, 'token' | 'name'>;

const KEY = 'session';

/**
 * The session of this tab, if it has one. It is kept in the tab's own storage: that outlives a reload and ends with the tab,
 * while one in localStorage would stay for every other tab, on whatever machine somebody on call has borrowed.
 */
export const keptSession = (): Session | undefined => {
  const kept = sessionStorage.getItem(KEY);
  return kept === null ? undefined : JSON.parse(kept);
};

export const keepSession = ({ token, name }: SessionView): Session => {
  const session = { token, name };
  sessionStorage.setItem(KEY, JSON.stringify(session));
  return session;
};

export const forgetSession = (): void => sessionStorage.removeItem(KEY);
