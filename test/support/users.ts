import { randomId } from '../../functions/adapters/ids.ts';
import type { PasswordHash } from '../../functions/adapters/passwords.ts';
import { rowsOfUser } from '../../functions/adapters/users.ts';
import { NO_ROLE, type User } from '../../functions/domain/user.ts';

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
    held: NO_ROLE,
    created_at: '2026-10-01T00:00:00.000Z',
    ...given,
  };
  return { user, rows: rowsOfUser(user, password) };
};
