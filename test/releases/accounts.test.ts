import { describe, expect, it } from 'vitest';
import { applicationRows } from '../../functions/accounts/applications.ts';
import { SIGN_IN_LIMIT } from '../../functions/accounts/attempt-limits.ts';
import { Attempts, attemptsKey, attemptsRows } from '../../functions/accounts/attempts.ts';
import { sourceRows } from '../../functions/accounts/familiar-sources.ts';
import { loginRows } from '../../functions/accounts/logins.ts';
import { tokenRows } from '../../functions/accounts/tokens.ts';
import { sessionPointerRows } from '../../functions/accounts/user-sessions.ts';
import { userRows } from '../../functions/accounts/users.ts';
import { clientRows } from '../../functions/clients/clients.ts';
import type { Row } from '../../functions/table/row.ts';
import type { RowKind } from '../../functions/table/row-kind.ts';
import { WiredTable } from '../support/wired-table.ts';
import of02 from './0.2.0/rows.json' with { type: 'json' };

const db = new WiredTable();

/** The rows about people and programs, as releases have written them, are read by today's code. */
const rows: Row[] = of02.rows;
const starting = (pk: string, sk: string): Row[] =>
  rows.filter((row) => String(row.pk).startsWith(pk) && String(row.sk).startsWith(sk));

const kinds: [what: string, pk: string, sk: string, kind: RowKind<unknown>][] = [
  ['users', 'USER#', 'USER', userRows],
  ['what points to sessions', 'USER#', 'SESSION#', sessionPointerRows],
  ['logins', 'LOGIN#', 'LOGIN', loginRows],
  ['where users signed in', 'LOGIN#', 'SOURCE#', sourceRows],
  ['tokens', 'TOKEN#', 'TOKEN', tokenRows],
  ['applications', 'APPLICATION', 'APPLICATION#', applicationRows],
  ['clients', 'CLIENT#', 'CLIENT', clientRows],
  ['attempts', 'ATTEMPTS#', 'ATTEMPTS', attemptsRows],
];

describe('of release 0.2.0', () => {
  it.each(kinds)('The rows of release 0.2.0 can be read: %s', (_, pk, sk, kind) => {
    const found = starting(pk, sk);
    expect(found.length).toBeGreaterThan(0);
    for (const row of found) expect(kind.read(row)).toMatchObject({});
  });

  it.each(kinds)('The rows of release 0.2.0 can be read with an attribute more: %s', (_, pk, sk, kind) => {
    for (const row of starting(pk, sk)) {
      expect(kind.read({ ...row, from_a_later_release: { is: 'new' } })).toMatchObject({});
    }
  });

  it('The rows of users and of their sessions hold what sessions need', () => {
    for (const user of starting('USER#', 'USER').map((row) => userRows.read(row))) {
      for (const pointer of starting(`USER#${user.user_id}`, 'SESSION#')) {
        const { token } = sessionPointerRows.read(pointer);
        expect(token.pk).toBe(pointer.token_pk);
        const session = starting(token.pk, token.sk).map((row) => tokenRows.read(row));
        expect(session).toMatchObject([{ kind: 'session', user_id: user.user_id, held: user.held }]);
      }
    }
  });
});

it('A failed attempt is counted without losing what a later release keeps with the others', async () => {
  const now = new Date('2026-11-05T15:00:00.000Z');
  const key = attemptsKey(SIGN_IN_LIMIT, 'ada@example.com');
  const row = { ...key, failures: [now.getTime() - 1], captcha: { solved: 2 } };
  await db.put(row);
  await new Attempts(db.open(), [{ limit: SIGN_IN_LIMIT, who: 'ada@example.com' }], now).record();
  expect(await db.row(key)).toMatchObject({ ...row, failures: [...row.failures, now.getTime()] });
});
