import { userInfo } from 'node:os';
import { beforeEach, expect, it } from 'vitest';
import { type AuditEntry, audited } from '../../functions/audit/audit.ts';
import { accountCommands } from '../../ops/accounts.ts';
import { applicationCommands } from '../../ops/applications.ts';
import { auditCommands } from '../../ops/audit.ts';
import { deploymentCommands } from '../../ops/deployment.ts';
import { emailCommands } from '../../ops/emails.ts';
import { waitingEmail } from '../support/behind.ts';
import { runOps, tryOps } from '../support/ops.ts';
import { savedUser } from '../support/users.ts';
import { WiredTable } from '../support/wired-table.ts';

/** What operators did, as it can be read afterwards. */
const db = new WiredTable();
beforeEach(() => db.clear());

type Commands = Parameters<typeof tryOps>[0];
const target = () => ({ documents: db.client, tableName: db.name });
const ops = (commands: Commands, ...words: string[]) => runOps(commands, target(), ...words);
const list = (...words: string[]) => ops(auditCommands, 'audit', 'list', ...words);
/** What the lines of a printed list say was done, and to what. */
const acts = (printed: string): string[] =>
  printed
    .split('\n')
    .filter((line) => /^\d{4}-/.test(line))
    .map((line) => line.split(/ {2,}/).slice(2, 4).join(': '));

const entry = (at: string, given: Partial<AuditEntry> = {}) =>
  audited({
    at,
    by: { kind: 'user', id: 7 },
    action: 'emails/discard',
    about: { kind: 'email', id: 11 },
    release: 'version 3',
    ...given,
  });
const done = (...entries: ReturnType<typeof entry>[]) => db.open().transact(entries);

it('What operators do to people, programs, e-mails and routes is in the audit trail, by ids alone', async () => {
  const { user } = await savedUser(db, { user: { name: 'Tess Quill' } });
  const { email_id } = await waitingEmail(db.open(), 'parked');
  const id = String(user.user_id);
  await ops(accountCommands, 'employees', 'grant', id);
  await ops(accountCommands, 'users', 'block', user.email);
  await ops(accountCommands, 'users', 'unblock', user.email);
  await ops(accountCommands, 'users', 'revoke-sessions', user.email);
  await ops(applicationCommands, 'applications', 'create', 'Dispatch', '--scope', 'orders:read');
  await ops(emailCommands, 'emails', 'resend', String(email_id));
  await ops(emailCommands, 'emails', 'discard', String(email_id));
  await tryOps(deploymentCommands, target(), 'routes', 'withdraw', 'orders/show');
  const printed = await list();
  expect(acts(printed)).toEqual([
    'routes withdraw: route orders/show',
    `emails discard: email ${email_id}`,
    `emails resend: email ${email_id}`,
    expect.stringMatching(/^applications create: application \d+$/),
    `users revoke-sessions: user ${id}`,
    `users unblock: user ${id}`,
    `users block: user ${id}`,
    `employees grant: user ${id}`,
  ]);
  expect(printed).toContain(`operator ${userInfo().username}`);
  for (const personal of [user.email, user.name]) {
    expect(JSON.stringify(await db.rows('AUDIT#'))).not.toContain(personal);
  }
});

it('What was refused is not in the audit trail as if it were done', async () => {
  const { user } = await savedUser(db);
  await tryOps(accountCommands, target(), 'users', 'unblock', user.email);
  await tryOps(accountCommands, target(), 'employees', 'remove', String(user.user_id));
  await tryOps(emailCommands, target(), 'emails', 'discard', '4711');
  expect(await db.rows('AUDIT#')).toEqual([]);
});

it('The audit trail is read from its end, through the months, page by page', async () => {
  for (const month of ['2026-11', '2026-12', '2027-01']) {
    await done(
      ...[1, 2].map((day) => entry(`${month}-0${day}T09:00:00.000Z`, { action: `${month} ${day}` })),
    );
  }
  const now = new Date('2027-02-01T00:00:00.000Z');
  const { sk } = (await db.rows('AUDIT#2027-01')).find(({ action }) => action === '2027-01 2') ?? {};
  expect(String(sk)).toMatch(/^2027-01-02T/);
  // The list begins now, which need not be after those.
  const before = `${now.toISOString()}#`;
  const first = await list('--before', before, '--limit', '3');
  expect(acts(first)).toEqual(['2027-01 2', '2027-01 1', '2026-12 2'].map((each) => `${each}: email 11`));
  const [, place = ''] = /--before (\S+)/.exec(first) ?? [];
  expect(acts(await list('--before', place))).toEqual(
    ['2026-12 1', '2026-11 2', '2026-11 1'].map((each) => `${each}: email 11`),
  );
  expect(acts(await list('--before', before, '--since', '2026-12-02'))).toHaveLength(3);
  await expect(list('--since', 'yesterday')).rejects.toThrow('a day such as');
});

it('The audit trail tells what was done to somebody, and by whom', async () => {
  const at = new Date().toISOString();
  await done(
    entry(at, { about: { kind: 'user', id: 4711 }, action: 'users block' }),
    entry(at, { by: { kind: 'user', id: 4711 }, action: 'emails/resend' }),
    entry(at),
  );
  expect(acts(await list('--about', '4711')).toSorted()).toEqual([
    'emails/resend: email 11',
    'users block: user 4711',
  ]);
});

it('An entry of the audit trail takes no other’s place', async () => {
  const { put, refused } = entry('2026-11-26T09:00:00.000Z');
  const same = { ...(put && { put }), refused };
  await done(same);
  await expect(done(same)).rejects.toThrow('one id');
});
