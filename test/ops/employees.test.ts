import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accountCommands } from '../../ops/accounts.ts';
import { TestStack } from '../support/local-stack.ts';
import { linkIn, mailTo } from '../support/mailbox.ts';
import { runOps } from '../support/ops.ts';

/** Employees who are invited: nobody has the role but whoever reads the mail of the address. */
let api: TestStack;
beforeAll(async () => {
  api = await TestStack.start();
});
afterAll(() => api.stop());

const SQUATTERS = 'the squatter’s passphrase';
const PASSWORD = 'the new hire’s passphrase';

const ops = (...words: string[]) => runOps(accountCommands, api.target, ...words);
const invited = async (email: string, ...options: string[]) => {
  const printed = await ops('employees', 'invite', email, ...options);
  await api.stack.runSchedules();
  return { printed, user_id: /User (\d+) is invited/.exec(printed)?.[1] ?? '', link: linkIn(api, email) };
};
const accept = (reset: string, password = PASSWORD) =>
  api.postEncoded('users/reset_password', { reset, password });
const signIn = (email: string, password = PASSWORD) =>
  api.postEncoded('sessions/create', { email, password });
const mayListOrders = async (token = '') => (await api.get('orders/list', token)).http === 200;
const anAddress = () => `${randomUUID()}@plano.example`;

it('Somebody who is no user yet is invited, sets a password by the link, and is an employee', async () => {
  const email = anAddress();
  const { user_id, link } = await invited(email, '--name', 'Nell Hire');
  expect(link.url).toMatch(new RegExp(`^${api.stack.url}/account/reset#inv_${user_id}_[\\w-]{43}$`));
  expect(await ops('employees', 'list')).toMatch(
    new RegExp(`${user_id} +"Nell Hire" +${email} +invited, until 20`),
  );
  expect((await signIn(email, 'none')).session).toBeUndefined();
  expect(await accept(link.token)).toMatchObject({ http: 200 });
  const { session, data } = await signIn(email);
  expect(data?.user).toMatchObject({ name: 'Nell Hire', roles: ['employee'], email_verified: true });
  expect(await mayListOrders(session?.token)).toBe(true);
  expect(await accept(link.token, SQUATTERS)).toMatchObject({ status: 'invalid-param' });
  expect(await ops('employees', 'list')).toMatch(new RegExp(`${user_id} .* employee\n`));
  expect(await ops('employees', 'list')).not.toMatch(new RegExp(`${user_id} .*invited`));
  const audit = (await api.rowsStarting('AUDIT#')).filter(
    ({ about }) => String((about as { id: number }).id) === user_id,
  );
  expect(audit.map(({ action }) => action).toSorted()).toEqual(['employees accept', 'employees invite']);
});

it('Who has registered the address of somebody who is invited gets no role, and loses the account with the link', async () => {
  const email = anAddress();
  const { session } = await api.postEncoded('users/register', {
    email,
    password: SQUATTERS,
    name: 'Squatter',
  });
  await api.post('users/client_register', { token: session?.token });
  const { printed, link } = await invited(email);
  expect(printed).toContain('Somebody has registered that address');
  const signedIn = (await signIn(email, SQUATTERS)).session;
  const squatting = [session?.token, signedIn?.token];
  for (const token of squatting) {
    expect((await api.get('sessions/show', token ?? '')).session?.roles).toEqual(['client']);
  }
  const [accepted, ...opened] = await Promise.all([
    accept(link.token),
    ...[1, 2, 3].map(() => signIn(email, SQUATTERS)),
  ]);
  expect(accepted).toMatchObject({ http: 200 });
  for (const token of [...squatting, ...opened.map((answer) => answer.session?.token)]) {
    if (token !== undefined)
      expect(await api.get('sessions/show', token)).toMatchObject({ status: 'invalid-token' });
  }
  expect((await signIn(email, SQUATTERS)).session).toBeUndefined();
  expect((await signIn(email)).session?.roles).toEqual(['client', 'employee']);
});

it('An invitation ends when another is sent, when it is withdrawn, and after 72 hours', async () => {
  const email = anAddress();
  const first = await invited(email);
  const second = await invited(email);
  expect(second.user_id).toBe(first.user_id);
  expect(await accept(first.link.token)).toMatchObject({ status: 'invalid-param' });
  expect(await ops('employees', 'remove', email)).toContain('is withdrawn');
  expect(await ops('employees', 'list')).not.toContain(email);
  expect(await accept(second.link.token)).toMatchObject({ status: 'invalid-param' });
  const third = await invited(email);
  const [row] = await api.rows(`PROOF#${first.user_id}`);
  const left = Date.parse(String(row?.until)) - Date.now();
  expect(left / 3_600_000).toBeCloseTo(72, 0);
  await api.put({ ...row, until: new Date(Date.now() - 1_000).toISOString() });
  expect(await accept(third.link.token)).toMatchObject({ status: 'invalid-param' });
  expect(await ops('employees', 'list')).toContain('in vain since');
  expect(mailTo(api, email)).toHaveLength(3);
});

it('Nobody is invited who is an employee or blocked, nor what is no address', async () => {
  const email = anAddress();
  const { link, user_id } = await invited(email);
  await accept(link.token);
  await expect(ops('employees', 'invite', email)).rejects.toThrow('is an employee');
  await ops('employees', 'remove', user_id);
  await ops('users', 'block', user_id);
  await expect(ops('employees', 'invite', email)).rejects.toThrow('is blocked');
  await expect(ops('employees', 'invite', 'nobody')).rejects.toThrow('nobody is no e-mail address');
});
