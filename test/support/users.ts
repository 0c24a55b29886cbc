import type { PasswordHash } from '../../functions/accounts/passwords.ts';
import type { Session } from '../../functions/accounts/session.ts';
import { rowOfSession, sessionPointer } from '../../functions/accounts/tokens.ts';
import { NO_ROLE, type User } from '../../functions/accounts/user.ts';
import { rowsOfUser } from '../../functions/accounts/users.ts';
import { randomId, randomToken } from '../../functions/table/ids.ts';
import { aSession } from './sessions.ts';
import type { WiredTable } from './wired-table.ts';

/** A hash that no password has; making a true one takes half a second. */
export const NO_PASSWORD: PasswordHash = {
  algorithm: 'scrypt',
  cost: 2 ** 14,
  blockSize: 8,
  parallelization: 1,
  salt: '',
  hash: '',
};

/** A user of its own, and the rows to be put. */
export const aUser = (given: Partial<User> = {}, password = NO_PASSWORD) => {
  const user_id = randomId();
  const user: User = {
    user_id,
    name: 'Uma User',
    email: `user-${user_id}@example.com`,
    email_verified: true,
    held: NO_ROLE,
    created_at: '2026-10-01T00:00:00.000Z',
    ...given,
  };
  return { user, rows: rowsOfUser(user, password) };
};

/** A session of a user with its token, and the rows to be put. */
export const aSessionOf = ({ user_id, name, held }: User, given: Partial<Session> = {}) => {
  const token = randomToken('ses');
  const session = aSession({ user_id, name, held, ...given });
  return { token, session, rows: [rowOfSession(token, session), sessionPointer(token, session)] };
};

/** Saves a user with sessions; release 0.2 let anybody have any number of them. */
export const savedUser = async (
  db: WiredTable,
  { user: about, sessions = [] }: { user?: Partial<User>; sessions?: readonly Partial<Session>[] } = {},
) => {
  const { user, rows } = aUser(about);
  const opened = sessions.map((given) => aSessionOf(user, given));
  const counted = rows.map((row) =>
    'sessions_made' in row ? { ...row, sessions_made: sessions.length } : row,
  );
  for (const { rows: those } of opened) counted.push(...those);
  await db.put(...counted);
  return { user, opened };
};
