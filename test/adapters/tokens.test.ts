import { createHash } from 'node:crypto';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { randomId, randomToken } from '../../functions/adapters/ids.ts';
import {
  findCredential,
  isToken,
  recordLeftOverUse,
  recordUse,
  rowOfApplication,
  rowOfSession,
} from '../../functions/adapters/tokens.ts';
import { Refused } from '../../functions/contract/refused.ts';
import { stateOf } from '../../functions/domain/session.ts';
import { aSession, daysAgo, NO_ROLE, NOW } from '../support/sessions.ts';
import { throttling } from '../support/wire.ts';
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
const anyWrite = () => ({
  put: { Item: { pk: randomToken('app'), sk: 'row' } },
  refused: () => new Error('unconditional'),
});

describe('a token', () => {
  it.each([
    ['app_', ''],
    ['ses_', 'A'.repeat(42)],
    ['ses_', 'A'.repeat(44)],
    ['ses_', `${'A'.repeat(42)}+`],
    ['key_', 'A'.repeat(43)],
    [' ses_', 'A'.repeat(43)],
    ['ses_', `${'A'.repeat(43)}\n`],
  ])('is not %j%s', (kind, bits) => {
    expect(isToken(kind + bits)).toBe(false);
    expect(isToken(`ses_${'A'.repeat(43)}`)).toBe(true);
  });

  it('stands for nothing when it is unknown', async () => {
    expect(await findCredential(db.open(), randomToken('ses'))).toBeUndefined();
  });

  it('stands for nothing once it was revoked', async () => {
    const saved = await savedSession();
    await revoke(saved);
    expect(await findCredential(db.open(), saved.token)).toBeUndefined();
  });

  it('is not in the table, only its hash is', async () => {
    const { token, row } = await savedSession();
    expect(row.pk).toBe(`TOKEN#${createHash('sha256').update(token).digest('base64url')}`);
    await db.put(rowOfApplication(token, { application_id: 1, name: 'A', scopes: [] }));
    expect(JSON.stringify(await db.rows(''))).not.toContain(token.slice(4));
  });

  it('whose row is not understood is a fault', async () => {
    const { token, row } = await savedSession();
    await db.put({ ...row, kind: 'key' });
    await expect(findCredential(db.open(), token)).rejects.toThrow();
  });
});

describe('a session', () => {
  it.each([
    aSession(),
    aSession({ held: { client_id: 7, employee: false, liaison_for: [7, 8] }, remember_me: true }),
    aSession({ held: NO_ROLE }),
  ])('comes back as it was saved', async (session) => {
    const { token } = await savedSession(session);
    expect(await findCredential(db.open(), token)).toMatchObject({ kind: 'session', session });
  });

  it.each([aSession(), aSession({ created_at: daysAgo(6) })])(
    'is not forgotten by DynamoDB while it can still be told that it has expired',
    (session) => {
      const forgotten = new Date(Number(rowOfSession('ses', session).expires_at) * 1_000);
      expect(stateOf(session, new Date(forgotten.getTime() + 1))).toBe('forgotten');
    },
  );

  it('that is remembered is never forgotten', () => {
    expect(rowOfSession('ses', aSession({ remember_me: true }))).not.toHaveProperty('expires_at');
  });
});

it('an application comes back as it was saved', async () => {
  const token = randomToken('app');
  const application = { application_id: randomId(), name: 'Planner', scopes: ['orders:read'] as const };
  await db.put(rowOfApplication(token, application));
  expect(await findCredential(db.open(), token)).toMatchObject({ kind: 'application', ...application });
});

describe('the use of a session', () => {
  it('is recorded by the request’s own transaction', async () => {
    const { token, row } = await savedSession();
    const table = db.open();
    recordUse(table, token, NOW);
    await table.transact([anyWrite()]);
    await recordLeftOverUse(table);
    expect(await db.row(row)).toEqual({ ...row, last_used_at: NOW.toISOString() });
    expect(db.wire.operations).toEqual(['TransactWriteItems']);
  });

  it('is recorded by itself when there was none', async () => {
    const { token, row } = await savedSession();
    const table = db.open();
    recordUse(table, token, NOW);
    await recordLeftOverUse(table);
    expect(await db.row(row)).toEqual({ ...row, last_used_at: NOW.toISOString() });
    expect(db.wire.operations).toEqual(['UpdateItem']);
  });

  it('costs nothing when there is none to record', async () => {
    await recordLeftOverUse(db.open());
    expect(db.wire.requests).toEqual([]);
  });

  it('that was revoked meanwhile refuses the transaction, and brings it back by no means', async () => {
    const saved = await savedSession();
    const table = db.open();
    recordUse(table, saved.token, NOW);
    await revoke(saved);
    const write = anyWrite();
    await expect(table.transact([write])).rejects.toEqual(new Refused('invalid-token'));
    await recordLeftOverUse(table);
    expect(await db.row(saved.row)).toBeUndefined();
    expect(await db.row({ ...write.put.Item })).toBeUndefined();
  });

  it('that cannot be recorded is a fault', async () => {
    const { token } = await savedSession();
    const controller = new AbortController();
    const table = db.open({ signal: controller.signal, remaining: () => 0 });
    recordUse(table, token, NOW);
    db.wire.fail('UpdateItem', async (...args) => {
      controller.abort(new Error('the time is up'));
      return throttling(...args);
    });
    await expect(recordLeftOverUse(table)).rejects.toMatchObject({
      name: 'TableUnavailable',
      cause: { message: 'the time is up' },
    });
  });
});
