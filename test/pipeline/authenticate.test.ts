import { beforeEach, describe, expect, it } from 'vitest';
import { useKey } from '../../functions/accounts/session-use.ts';
import { tokenKey } from '../../functions/accounts/tokens.ts';
import { missing } from '../../functions/contract/faults.ts';
import { readParams } from '../../functions/contract/read-params.ts';
import { authenticate } from '../../functions/pipeline/authenticate.ts';
import type { Exchange, PipelineRequest } from '../../functions/pipeline/exchange.ts';
import { randomToken } from '../../functions/table/ids.ts';
import { anApplicationToken, aSessionToken, echoRoute } from '../support/echo-route.ts';
import { aRequest, judge } from '../support/exchange.ts';
import { daysAgo, NO_ROLE, NOW } from '../support/sessions.ts';
import { internalError } from '../support/wire.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();
const middleware = authenticate(echoRoute);

const requestWith = (token: string, found: Partial<Exchange> = {}): PipelineRequest =>
  aRequest({}, { table: db.open(), token, params: readParams(echoRoute.params, { number: 7 }), ...found });
const callerOf = async (token: string) => (await judge(middleware, requestWith(token))).identity.caller;
const refusalOf = (token: string): Promise<unknown> =>
  judge(middleware, requestWith(token)).catch((error) => error);

describe('a session', () => {
  it('A session that is live makes its user the caller', async () => {
    const { token, session, row } = aSessionToken();
    await db.put(row);
    expect(await callerOf(token)).toEqual({
      kind: 'user',
      id: session.user_id,
      name: session.name,
      held: session.held,
    });
  });

  it.each([
    ['is 8 days old', { created_at: daysAgo(8) }],
    ['was unused for 4 days', { created_at: daysAgo(5), last_used_at: daysAgo(4) }],
  ])('A session that %s has expired, unless it is to be remembered', async (_, given) => {
    const expired = aSessionToken(given);
    const remembered = aSessionToken({ ...given, remember_me: true });
    await db.put(expired.row, remembered.row);
    expect(await refusalOf(expired.token)).toMatchObject({ name: 'Refused', status: 'session-expired' });
    expect(await callerOf(remembered.token)).toMatchObject({ kind: 'user' });
  });

  it('A session that has expired long ago is forgotten', async () => {
    const { token, row } = aSessionToken({ created_at: daysAgo(60), last_used_at: daysAgo(55) });
    await db.put(row);
    expect(await refusalOf(token)).toMatchObject({ name: 'Refused', status: 'invalid-token' });
  });

  it('A session of a user without a role is refused, and shown', async () => {
    const { token, session, row } = aSessionToken({ held: NO_ROLE });
    await db.put(row);
    expect(await refusalOf(token)).toMatchObject({
      name: 'Refused',
      status: 'client-required',
      details: { session: { token, user_id: session.user_id, name: session.name, roles: [] } },
    });
  });

  it('A session of a user without a role that has expired is told to have expired', async () => {
    const { token, row } = aSessionToken({ held: NO_ROLE, created_at: daysAgo(8) });
    await db.put(row);
    expect(await refusalOf(token)).toMatchObject({ status: 'session-expired' });
  });
});

describe('an application', () => {
  it('An application with the route’s scope is the caller', async () => {
    const { token, row } = anApplicationToken('orders:write', 'notifications');
    await db.put(row);
    expect(await callerOf(token)).toEqual({
      kind: 'application',
      id: 41,
      name: 'Planner',
      scopes: ['orders:write', 'notifications'],
    });
  });

  it('An application’s scope that only another release knows is no token for this route', async () => {
    const { token, row } = anApplicationToken('orders:write');
    await db.put({ ...row, scopes: ['invoices'] });
    expect(await refusalOf(token)).toMatchObject({ name: 'Refused', status: 'invalid-token' });
    await db.put({ ...row, scopes: ['invoices', 'orders:write'] });
    expect(await callerOf(token)).toMatchObject({ kind: 'application' });
  });

  it('An application without the route’s scope has no token for this route', async () => {
    const { token, row } = anApplicationToken('orders:read');
    await db.put(row);
    expect(await refusalOf(token)).toMatchObject({ name: 'Refused', status: 'invalid-token' });
  });
});

describe('a token', () => {
  it.each(['', 'ses_1', `key_${'A'.repeat(43)}`])(
    'The token %j is malformed, which no table needs to say',
    async (token) => {
      expect(await refusalOf(token)).toMatchObject({ name: 'Refused', status: 'invalid-token' });
      expect(db.wire.requests).toEqual([]);
    },
  );

  it('A token of a kind that only another release knows is invalid', async () => {
    const { token, row } = aSessionToken();
    await db.put({ ...row, kind: 'device' });
    expect(await refusalOf(token)).toMatchObject({ name: 'Refused', status: 'invalid-token' });
  });

  it('A token that nobody has is invalid', async () => {
    expect(await refusalOf(randomToken('ses'))).toMatchObject({ name: 'Refused', status: 'invalid-token' });
  });

  it('A token that is missing is refused with what else is wrong', async () => {
    const found = { tokenFaults: [missing('token')], params: readParams(echoRoute.params, { number: 'x' }) };
    const refused = await judge(middleware, requestWith('', found)).catch((error) => error);
    expect(refused).toMatchObject({ name: 'Refused', status: 'missing-param' });
    expect(refused.details.errors).toMatchObject([{ param: 'token' }, { param: 'number' }]);
    expect(db.wire.requests).toEqual([]);
  });
});

describe('what the action will read', () => {
  let token: string;
  beforeEach(async () => {
    const known = anApplicationToken('orders:write');
    await db.put(known.row);
    token = known.token;
  });
  const acting = (prefetch: () => Promise<unknown>) => ({
    action: { prefetch, run: async () => ({ status: 'action-successful' as const, message: '' }) },
  });

  it('What the action will read goes out in one request with the token', async () => {
    const table = db.open();
    const wanted = { pk: 'ORDER#7', sk: 'ORDER' };
    const sounds: unknown[] = [];
    const action = {
      prefetch: async (sound: unknown) => {
        sounds.push(sound);
        await table.get(wanted);
      },
      run: async () => ({ status: 'action-successful' as const, message: '' }),
    };
    await judge(middleware, requestWith(token, { table, action }));
    await table.get(wanted);
    expect(db.wire.operations).toEqual(['BatchGetItem']);
    expect(sounds).toEqual([{ number: 7 }]);
  });

  it('What the action will read may fail without the caller being refused for it', async () => {
    const failing = acting(async () => Promise.reject(new Error('a row that is not understood')));
    expect((await judge(middleware, requestWith(token, failing))).identity.caller).toBeDefined();
  });
});

describe('the use of a session', () => {
  const NOT_LONG_AGO = new Date(NOW.getTime() - 299_999).toISOString();
  const LONG_AGO = new Date(NOW.getTime() - 300_000).toISOString();

  const noted = async (token: string) => (await db.row(useKey(tokenKey(token))))?.last_used_at;

  it.each([
    ['recorded not long ago is not recorded again', NOT_LONG_AGO, undefined],
    ['recorded 5 minutes ago is recorded', LONG_AGO, NOW.toISOString()],
  ])('The use of a session %s', async (_, last_used_at, expected) => {
    const { token, row } = aSessionToken({ last_used_at });
    await db.put(row);
    const request = requestWith(token);
    await middleware.before?.(request);
    await middleware.after?.(request);
    expect(await noted(token)).toBe(expected);
    expect(await db.row(tokenKey(token))).toEqual(row);
  });

  it('The use of a session is recorded again only 5 minutes after it was noted beside the session', async () => {
    const { token, row } = aSessionToken({ last_used_at: daysAgo(1) });
    await db.put(row, { ...useKey(tokenKey(token)), last_used_at: NOT_LONG_AGO });
    const request = requestWith(token);
    await middleware.before?.(request);
    await middleware.after?.(request);
    expect(await noted(token)).toBe(NOT_LONG_AGO);
    expect(request.context.exchange.identity.opened?.session.last_used_at).toBe(NOT_LONG_AGO);
  });

  it('The use of a session that is noted beside it keeps it from expiring', async () => {
    const { token, row } = aSessionToken({ created_at: daysAgo(6), last_used_at: daysAgo(6) });
    await db.put(row);
    expect(await refusalOf(token)).toMatchObject({ status: 'session-expired' });
    await db.put({ ...useKey(tokenKey(token)), last_used_at: daysAgo(2.9) });
    expect(await callerOf(token)).toMatchObject({ kind: 'user' });
  });

  it('The use of a session is recorded as well when the request ends in an error', async () => {
    const { token, row } = aSessionToken({ held: NO_ROLE, last_used_at: LONG_AGO });
    await db.put(row);
    const request = requestWith(token);
    await expect(judge(middleware, request)).rejects.toMatchObject({ status: 'client-required' });
    await middleware.onError?.(request);
    expect(await noted(token)).toBe(NOW.toISOString());
  });

  it('The use of a session that cannot be recorded is for the log', async () => {
    const { token, row } = aSessionToken({ last_used_at: LONG_AGO });
    await db.put(row);
    db.wire.fail('UpdateItem', internalError, 3);
    const request = requestWith(token);
    await middleware.before?.(request);
    await middleware.after?.(request);
    expect(request.context.exchange.faults).toMatchObject([{ cause: { name: 'InternalServerError' } }]);
  });

  it('The use of a session is not looked for when there was no table', async () => {
    await expect(middleware.onError?.(aRequest())).resolves.toBeUndefined();
  });
});
