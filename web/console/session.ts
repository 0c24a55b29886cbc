import { inStorage } from '../tab-storage.ts';
import { isKeptSession, type KeptSession } from './answers.ts';

const KEY = 'session';

/**
 * The session of this tab, if it has one. It is kept in the tab's own storage: that outlives a reload and ends with the tab,
 * while one in localStorage would stay for every other tab, on whatever machine somebody on call has borrowed.
 */
export const keptSession = (): KeptSession | undefined => {
  const kept = inStorage((storage): unknown => JSON.parse(storage.getItem(KEY) ?? 'null'));
  return isKeptSession(kept) ? kept : undefined;
};

export const keepSession = ({ token, name }: KeptSession): KeptSession => {
  const session = { token, name };
  inStorage((storage) => storage.setItem(KEY, JSON.stringify(session)));
  return session;
};

export const forgetSession = (): void => inStorage((storage) => storage.removeItem(KEY));
