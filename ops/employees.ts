import { Command, Option } from 'commander';
import { callerName } from '../functions/accounts/account-params.ts';
import { newInvitation, withdrawnInvitation } from '../functions/accounts/invitations.ts';
import { findLogin } from '../functions/accounts/logins.ts';
import { findProof } from '../functions/accounts/proofs.ts';
import { NO_ROLE, type User } from '../functions/accounts/user.ts';
import { EmailTaken, findUser, saveNewUser } from '../functions/accounts/users.ts';
import { emailAddress } from '../functions/contract/email-address.ts';
import { savedForLater } from '../functions/outbox/outbox.ts';
import { randomId } from '../functions/table/ids.ts';
import type { Table } from '../functions/table/table.ts';
import type { Input } from './ask-secret.ts';
import { recorded } from './audit.ts';
import { changeRoles } from './change-roles.ts';
import { describe, namedUser, noSuchUser, USER, usersIn, userToTrust } from './find-user.ts';
import { lineOf } from './parse.ts';
import { printTable, say, word } from './print.ts';
import { OpsError, type Target, tableOf } from './target.ts';

/** Who has an address, and may be invited; undefined if nobody has it. */
const invitedUser = async (table: Table, email: string): Promise<User | undefined> => {
  const login = await findLogin(table, email);
  if (login === undefined) return undefined;
  const user = await findUser(table, login.user_id);
  if (user === undefined) throw noSuchUser(login.user_id);
  if (user.held.employee) throw new OpsError(`User ${user.user_id} is an employee.`);
  if (login.blocked_at !== undefined) {
    throw new OpsError(`User ${user.user_id} is blocked`, `users unblock ${user.user_id}`);
  }
  return user;
};

const newUser = (email: string, name: string, now: Date): User => ({
  user_id: randomId(),
  name,
  email,
  email_verified: false,
  held: NO_ROLE,
  created_at: now.toISOString(),
});

/** Sends a link to an address, by which whoever reads its mail sets a password and is an employee. */
const invite = async (target: Target, email: string, name: string | undefined): Promise<void> => {
  if (!emailAddress.safeParse(email).success) throw new OpsError(`${email} is no e-mail address.`);
  const table = tableOf(target);
  const now = new Date();
  const known = await invitedUser(table, email);
  if (known !== undefined) {
    describe(known);
    say('Somebody has registered that address, and loses password and sessions when the link is used.');
  }
  const user = known ?? newUser(email, name ?? email.slice(0, email.lastIndexOf('@')), now);
  const { user_id } = user;
  const saving = { newId: randomId, requestId: 'employees-invite', now };
  const { writes, email: message } = newInvitation(user_id, saving);
  await table
    .transact([
      ...(known === undefined ? saveNewUser(user, undefined) : []),
      ...writes,
      savedForLater(message, now),
      await recorded(target, 'employees invite', { kind: 'user', id: user_id }),
    ])
    .catch((error: unknown) => {
      if (error instanceof EmailTaken)
        throw new OpsError('Somebody has just registered that address; try again.');
      throw error;
    });
  say(
    `User ${user_id} is invited. The e-mail goes out within a minute or two; its link is good for 72 hours.`,
  );
};

/** Takes an invitation back that was not used yet; false if there is none. */
const withdrawInvitation = async (target: Target, user_id: number): Promise<boolean> => {
  const table = tableOf(target);
  if ((await findProof(table, 'invitation', user_id)) === undefined) return false;
  const entry = await recorded(target, 'employees remove', { kind: 'user', id: user_id });
  await table.transact([...withdrawnInvitation(user_id), entry]);
  say(`The invitation of user ${user_id} is withdrawn.`);
  return true;
};

const list = async (target: Target): Promise<void> => {
  const rows: string[][] = [];
  const add = ({ user_id, name, email }: User, state: string) =>
    rows.push([String(user_id), word(name), word(email), state]);
  for await (const users of usersIn(target, 'employees')) {
    for (const user of users) add(user, 'employee');
  }
  const now = new Date().toISOString();
  for await (const users of usersIn(target, 'invited')) {
    const table = tableOf(target);
    for (const user of users) {
      const { until } = (await findProof(table, 'invitation', user.user_id)) ?? {};
      // Without a link the invitation was used.
      if (until !== undefined) add(user, `invited, ${until < now ? 'in vain since' : 'until'} ${until}`);
    }
  }
  printTable(['USER ID', 'NAME', 'EMAIL', 'STATE'], rows);
};

/** The commands for employees. */
export const employeeCommands = (target: () => Target, input: Input): Command => {
  const group = new Command('employees').description('makes users employees');
  group
    .command('list')
    .description('employees, and who is invited to be one')
    .action(() => list(target()));
  group
    .command('invite')
    .argument('<address>', 'e-mail address')
    .addOption(new Option('--name <name>', 'of somebody who is no user yet').argParser(lineOf(callerName)))
    .description('sends a link by which whoever reads that mail sets a password, and is an employee')
    .action((address: string, { name }: { name?: string }) => invite(target(), address, name));
  group
    .command('grant')
    .argument('<user>', USER)
    .description('gives the role of an employee; an address is asked back')
    .action(async (name: string) => {
      const user = await userToTrust(target(), name, 'employees grant', input);
      await changeRoles(target(), 'employees grant', user, (held) => ({ ...held, employee: true }));
    });
  group
    .command('remove')
    .argument('<user>', USER)
    .description('takes the role of an employee away, or the invitation to be one')
    .action(async (name: string) => {
      const user = await namedUser(tableOf(target()), name);
      const wasInvited = await withdrawInvitation(target(), user.user_id);
      if (wasInvited && !user.held.employee) return;
      await changeRoles(target(), 'employees remove', user, (held) => ({ ...held, employee: false }));
    });
  return group;
};
