import { expect, it } from 'vitest';
import { useKey } from '../../../../functions/accounts/session-use.ts';
import { tokenKey } from '../../../../functions/accounts/tokens.ts';
import { handler } from '../../../../functions/routes/auth/sessions/show/handler.ts';
import { aSessionToken, deployed } from '../../../support/echo-route.ts';
import { aContext, anEvent } from '../../../support/events.ts';
import { Output } from '../../../support/output.ts';
import { aUser } from '../../../support/users.ts';
import { internalError } from '../../../support/wire.ts';
import { WiredTable } from '../../../support/wired-table.ts';

const db = new WiredTable();
new Output();
const DAY_MS = 24 * 60 * 60 * 1_000;

const show = async (token: string) => {
  const headers = { authorization: `Bearer ${token}`, 'content-type': undefined };
  return JSON.parse((await handler(anEvent({ headers }), aContext())).body ?? '');
};

/** A user's session that was used so many days ago. */
const used = async (days: number): Promise<string> => {
  const { user, rows } = aUser();
  const last_used_at = new Date(Date.now() - days * DAY_MS).toISOString();
  const { token, row } = aSessionToken({ user_id: user.user_id, created_at: last_used_at, last_used_at });
  await db.put(...rows, row, ...deployed('sessions/show', 'auth'));
  return token;
};

it('Showing a session records its use beside its own read, which does not wait for it', async () => {
  await show(await used(0));
  db.wire.reset();
  const token = await used(1);
  const { status, session } = await show(token);
  expect(status).toBe('action-successful');
  expect(db.wire.operations.toSorted()).toEqual(['BatchGetItem', 'BatchGetItem', 'UpdateItem']);
  const recorded = (await db.row(useKey(tokenKey(token))))?.last_used_at;
  expect(Date.now() - Date.parse(String(recorded))).toBeLessThan(DAY_MS / 2);
  expect(session.last_used_at).toBe(recorded);
});

it('Showing a session records no use that is recorded well enough', async () => {
  const token = await used(0);
  await show(token);
  db.wire.reset();
  await show(token);
  expect(db.wire.operations).not.toContain('UpdateItem');
});

it('Showing a session is answered though the use cannot be recorded', async () => {
  const token = await used(1);
  db.wire.fail('UpdateItem', internalError, 3);
  expect(await show(token)).toMatchObject({ status: 'action-successful' });
});
