import type { HeldRoles } from '../functions/accounts/caller.ts';
import { changeRoles as changeHeld } from '../functions/accounts/roles.ts';
import type { User } from '../functions/accounts/user.ts';
import { rowInEmployees } from '../functions/accounts/user-list.ts';
import { unconditional, type Write } from '../functions/table/write.ts';
import { recorded } from './audit.ts';
import { rolesInWords } from './find-user.ts';
import { say } from './print.ts';
import { OpsError, type Target, tableOf } from './target.ts';

/** Keeps the list of employees. */
const listed = (user: User): Write => {
  const entry = rowInEmployees(user);
  const { pk, sk } = entry;
  return {
    ...(user.held.employee ? { put: { Item: entry } } : { remove: { Key: { pk, sk } } }),
    refused: unconditional,
  };
};

/** Changes a user's roles, and says what they then are. */
export const changeRoles = async (
  target: Target,
  action: string,
  { user_id }: User,
  held: (before: HeldRoles) => HeldRoles,
): Promise<void> => {
  const table = tableOf(target);
  const entry = await recorded(target, action, { kind: 'user', id: user_id });
  const change = { held: (before: User) => held(before.held), now: new Date() };
  const { user, isNew, sessions } = await changeHeld(table, user_id, change, ({ user }, writes) =>
    table.transact([entry, listed(user), ...writes]),
  );
  const roles = rolesInWords(user);
  if (isNew) return say(`User ${user_id}: ${roles}. It holds at once, for sessions that exist too.`);
  if (sessions === 0) throw new OpsError(`Nothing to change: user ${user_id} has the roles ${roles}.`);
  say(
    `User ${user_id}: ${roles}, as before. Sessions that held something else, and do no more: ${sessions}.`,
  );
};
