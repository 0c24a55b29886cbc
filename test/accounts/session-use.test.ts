import { describe, expect, it } from 'vitest';
import { forgottenAt, type Session } from '../../functions/accounts/session.ts';
import { noteUse, useKey, useOf } from '../../functions/accounts/session-use.ts';
import { tokenKey } from '../../functions/accounts/tokens.ts';
import { endSession } from '../../functions/accounts/user-sessions.ts';
import { Refused } from '../../functions/contract/refused.ts';
import { randomToken } from '../../functions/table/ids.ts';
import { aSession, daysAgo, NOW } from '../support/sessions.ts';
import { throttling } from '../support/wire.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();

/** A session that was used, with what notes its use, and the key of that. */
const used = (given: Partial<Session> = {}) => {
  const token = randomToken('ses');
  const session = aSession({ last_used_at: daysAgo(1), ...given });
  return {
    key: useKey(tokenKey(token)),
    use: useOf(tokenKey(token), forgottenAt(session), NOW),
    end: () => db.open().transact(endSession(token, session.user_id, NOW)),
    expires: Math.ceil((forgottenAt(session) ?? 0) / 1_000),
  };
};
const anyWrite = () => ({
  put: { Item: { pk: randomToken('app'), sk: 'row' } },
  refused: () => new Error('unconditional'),
});

describe('the use of a session', () => {
  it('The use of a session is noted in the transaction of its request', async () => {
    const { key, use, expires } = used();
    await db.open().transact([use, anyWrite()]);
    expect(await db.row(key)).toEqual({ ...key, last_used_at: NOW.toISOString(), expires_at: expires });
    expect(db.wire.operations).toEqual(['TransactWriteItems']);
  });

  it('The use of a session is noted by itself when there is no transaction', async () => {
    const { key, use, expires } = used();
    await noteUse(db.open(), use);
    expect(await db.row(key)).toEqual({ ...key, last_used_at: NOW.toISOString(), expires_at: expires });
    expect(db.wire.operations).toEqual(['UpdateItem']);
  });

  it('The use of a session that never expires is remembered for longer than a year', async () => {
    const { key, use } = used({ remember_me: true });
    await noteUse(db.open(), use);
    const year = 365 * 24 * 60 * 60;
    expect(Number((await db.row(key))?.expires_at)).toBeGreaterThan(NOW.getTime() / 1_000 + year);
  });

  it('The use of a session that has ended meanwhile refuses the transaction, and is noted by no means', async () => {
    const { key, use, end } = used();
    await end();
    const ended = await db.row(key);
    const write = anyWrite();
    await expect(db.open().transact([use, write])).rejects.toEqual(new Refused('invalid-token'));
    await noteUse(db.open(), use);
    expect(await db.row(key)).toEqual(ended);
    expect(await db.row({ ...write.put.Item })).toBeUndefined();
  });

  it('The use of a session is forgotten a day after the session has ended', async () => {
    const { key, use, end } = used({ remember_me: true });
    await noteUse(db.open(), use);
    await end();
    const days = (Number((await db.row(key))?.expires_at) - NOW.getTime() / 1_000) / (24 * 60 * 60);
    expect(days).toBe(1);
  });

  it('A use of a session that cannot be noted is a fault', async () => {
    const controller = new AbortController();
    const table = db.open({ signal: controller.signal, remaining: () => 0 });
    db.wire.fail('UpdateItem', async (...args) => {
      controller.abort(new Error('the time is up'));
      return throttling(...args);
    });
    await expect(noteUse(table, used().use)).rejects.toMatchObject({ name: 'TableUnavailable' });
  });
});
