import { isKeptSession, type KeptSession } from './checks.ts';
import { inStorage } from './tab-storage.ts';

/** A session as a tab keeps it. */
export interface SessionKeeper {
  /** The session of this tab, if it has one. */
  kept(): KeptSession | undefined;
  keep(session: KeptSession): KeptSession;
  forget(): void;
}

/**
 * Keeps a session in the tab's own storage: that outlives a reload and ends with the tab, while one in localStorage would stay for
 * every other tab, on whatever machine somebody has borrowed.
 *
 * @param name under which it is kept: pages of one origin share the storage
 */
export const sessionKeptAs = (name: string): SessionKeeper => ({
  kept: () => {
    const kept = inStorage((storage): unknown => JSON.parse(storage.getItem(name) ?? 'null'));
    return isKeptSession(kept) ? kept : undefined;
  },
  keep: ({ token, name: whose }) => {
    const session = { token, name: whose };
    inStorage((storage) => storage.setItem(name, JSON.stringify(session)));
    return session;
  },
  forget: () => inStorage((storage) => storage.removeItem(name)),
});
