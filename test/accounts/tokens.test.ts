import { createHash } from 'node:crypto';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { stateOf } from '../../functions/accounts/session.ts';
import { useKey } from '../../functions/accounts/session-use.ts';
import {
  findCredential,
  isToken,
  rowOfApplication,
  rowOfSession,
  tokenKey,
} from '../../functions/accounts/tokens.ts';
import { randomId, randomToken } from '../../functions/table/ids.ts';
import { aSession, daysAgo, NO_ROLE } from '../support/sessions.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();

const savedSession = async (session = aSession({ last_used_at: daysAgo(1) })) => {
  const token = randomToken('ses');
  const row = rowOfSession(token, session);
  await db.put(row);
  return { token, session, row: row as typeof row & { pk: string; sk: string } };
};
const revoke = ({ row: { pk, sk } }: Awaited<ReturnType<typeof savedSession>>) =>
  db.client.send(new DeleteCommand({ TableName: db.name, Key: { pk, sk } }));

describe('a token', () => {
  it.each([
    ['app_', ''],
    ['ses_', 'A'.repeat(42)],
    ['ses_', 'A'.repeat(44)],
    ['ses_', `${'A'.repeat(42)}+`],
    ['key_', 'A'.repeat(43)],
    [' ses_', 'A'.repeat(43)],
    ['ses_', `${'A'.repeat(43)}\n`],
  ])('A token is not %j%s', (kind, bits) => {
    expect(isToken(kind + bits)).toBe(false);
    expect(isToken(`ses_${'A'.repeat(43)}`)).toBe(true);
  });

  it('A token that is unknown stands for nothing', async () => {
    expect(await findCredential(db.open(), randomToken('ses'))).toBeUndefined();
  });

  it('A token stands for nothing once it was revoked', async () => {
    const saved = await savedSession();
    await revoke(saved);
    expect(await findCredential(db.open(), saved.token)).toBeUndefined();
  });

  it('A token is not in the table, only its hash is', async () => {
    const { token, row } = await savedSession();
    expect(row.pk).toBe(`TOKEN#${createHash('sha256').update(token).digest('base64url')}`);
    await db.put(rowOfApplication(token, { application_id: 1, name: 'A', scopes: [] }));
    expect(JSON.stringify(await db.rows(''))).not.toContain(token.slice(4));
  });

  it('A token of a kind that only another release knows stands for nothing here', async () => {
    const { token, row } = await savedSession();
    await db.put({ ...row, kind: 'key', name: 7 });
    expect(await findCredential(db.open(), token)).toBeUndefined();
  });

  it('A token whose row cannot be read is a fault', async () => {
    const { token, row } = await savedSession();
    await db.put({ ...row, held: { ...NO_ROLE, employee: 'yes' } });
    const fault = await findCredential(db.open(), token).catch((error) => error);
    expect(fault).toMatchObject({ name: 'UnreadableRow', key: tokenKey(token) });
  });
});

describe('a session', () => {
  it.each([
    aSession(),
    aSession({ held: { client_id: 7, employee: false, liaison_for: [7, 8] }, remember_me: true }),
    aSession({ held: NO_ROLE }),
  ])('A session comes back as it was saved', async (session) => {
    const { token } = await savedSession(session);
    expect(await findCredential(db.open(), token)).toMatchObject({ kind: 'session', session });
  });

  it('A session was last used when the later of two rows says, its own or that of its use', async () => {
    const { token, session } = await savedSession(aSession({ last_used_at: daysAgo(2) }));
    const lastUse = async () => {
      const found = await findCredential(db.open(), token);
      return found?.kind === 'session' ? found.session.last_used_at : undefined;
    };
    const use = useKey(tokenKey(token));
    await db.put({ ...use, last_used_at: daysAgo(1) });
    expect(await lastUse()).toBe(daysAgo(1));
    await db.put({ ...use, last_used_at: daysAgo(3) });
    expect(await lastUse()).toBe(session.last_used_at);
    await db.put({ ...use, last_used_at: 'yesterday' });
    expect(await lastUse()).toBe(session.last_used_at);
  });

  it('A session is read with its use in one request', async () => {
    const { token } = await savedSession();
    await findCredential(db.open(), token);
    expect(db.wire.operations).toEqual(['BatchGetItem']);
  });

  it.each([aSession(), aSession({ created_at: daysAgo(6) })])(
    'A session is not forgotten by DynamoDB while it can still be told that it has expired',
    (session) => {
      const forgotten = new Date(Number(rowOfSession('ses', session).expires_at) * 1_000);
      expect(stateOf(session, new Date(forgotten.getTime() + 1))).toBe('forgotten');
    },
  );

  it('A session that is remembered is never forgotten', () => {
    expect(rowOfSession('ses', aSession({ remember_me: true }))).not.toHaveProperty('expires_at');
  });
});

it('An application’s token says which scopes it has, also those that only another release knows', async () => {
  const token = randomToken('app');
  const scopes = ['orders:read', 'invoices'];
  await db.put({ ...rowOfApplication(token, { application_id: 1, name: 'A', scopes }), paid: true });
  expect(await findCredential(db.open(), token)).toMatchObject({ kind: 'application', scopes });
});

it('An application comes back as it was saved', async () => {
  const token = randomToken('app');
  const application = { application_id: randomId(), name: 'Planner', scopes: ['orders:read'] as const };
  await db.put(rowOfApplication(token, application));
  expect(await findCredential(db.open(), token)).toMatchObject({ kind: 'application', ...application });
});
