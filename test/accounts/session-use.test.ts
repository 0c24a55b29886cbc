import { describe, expect, it } from 'vitest';
import { forgottenAt, type Session } from '../../functions/accounts/session.ts';
import { recordLeftOverUse, recordUse, useKey } from '../../functions/accounts/session-use.ts';
import { tokenKey } from '../../functions/accounts/tokens.ts';
import { endSession } from '../../functions/accounts/user-sessions.ts';
import { Refused } from '../../functions/contract/refused.ts';
import { randomToken } from '../../functions/table/ids.ts';
import { aSession, daysAgo, NOW } from '../support/sessions.ts';
import { throttling } from '../support/wire.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();

/** A session that was used, with the rows of it and of its use. */
const used = (given: Partial<Session> = {}) => {
  const token = randomToken('ses');
  const session = aSession({ last_used_at: daysAgo(1), ...given });
  const [key, use] = [tokenKey(token), useKey(tokenKey(token))];
  return {
    use,
    record: (table = db.open()) => {
      recordUse(table, key, session, NOW);
      return table;
    },
    end: () => endSession(db.open(), token, session.user_id, [], NOW),
    expires: Math.ceil((forgottenAt(session) ?? 0) / 1_000),
  };
};
const anyWrite = () => ({
  put: { Item: { pk: randomToken('app'), sk: 'row' } },
  refused: () => new Error('unconditional'),
});

describe('the use of a session', () => {
  it('is recorded by the request’s own transaction', async () => {
    const { use, record, expires } = used();
    const table = record();
    await table.transact([anyWrite()]);
    await recordLeftOverUse(table);
    expect(await db.row(use)).toEqual({ ...use, last_used_at: NOW.toISOString(), expires_at: expires });
    expect(db.wire.operations).toEqual(['TransactWriteItems']);
  });

  it('is recorded by itself when there was none', async () => {
    const { use, record, expires } = used();
    await recordLeftOverUse(record());
    expect(await db.row(use)).toEqual({ ...use, last_used_at: NOW.toISOString(), expires_at: expires });
    expect(db.wire.operations).toEqual(['UpdateItem']);
  });

  it('that never expires is remembered for longer than a year', async () => {
    const { use, record } = used({ remember_me: true });
    await recordLeftOverUse(record());
    const year = 365 * 24 * 60 * 60;
    expect(Number((await db.row(use))?.expires_at)).toBeGreaterThan(NOW.getTime() / 1_000 + year);
  });

  it('costs nothing when there is none to record', async () => {
    await recordLeftOverUse(db.open());
    expect(db.wire.requests).toEqual([]);
  });

  it('that has ended meanwhile refuses the transaction, and is noted by no means', async () => {
    const { use, record, end } = used();
    const table = record();
    await end();
    const ended = await db.row(use);
    const write = anyWrite();
    await expect(table.transact([write])).rejects.toEqual(new Refused('invalid-token'));
    await recordLeftOverUse(table);
    expect(await db.row(use)).toEqual(ended);
    expect(await db.row({ ...write.put.Item })).toBeUndefined();
  });

  it('is forgotten soon when the session has ended', async () => {
    const { use, record, end } = used({ remember_me: true });
    await recordLeftOverUse(record());
    await end();
    const days = (Number((await db.row(use))?.expires_at) - NOW.getTime() / 1_000) / (24 * 60 * 60);
    expect(days).toBe(1);
  });

  it('that cannot be recorded is a fault', async () => {
    const controller = new AbortController();
    const table = used().record(db.open({ signal: controller.signal, remaining: () => 0 }));
    db.wire.fail('UpdateItem', async (...args) => {
      controller.abort(new Error('the time is up'));
      return throttling(...args);
    });
    await expect(recordLeftOverUse(table)).rejects.toMatchObject({ name: 'TableUnavailable' });
  });
});
