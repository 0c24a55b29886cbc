import { setImmediate } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Session } from '../../functions/accounts/session.ts';
import { useKey } from '../../functions/accounts/session-use.ts';
import { tokenKey } from '../../functions/accounts/tokens.ts';
import type { Route } from '../../functions/contract/define-route.ts';
import { missing } from '../../functions/contract/faults.ts';
import { readParams } from '../../functions/contract/read-params.ts';
import type { Refused } from '../../functions/contract/refused.ts';
import { authenticate } from '../../functions/pipeline/authenticate.ts';
import type { Exchange, PipelineRequest } from '../../functions/pipeline/exchange.ts';
import { randomToken } from '../../functions/table/ids.ts';
import { TableUnavailable } from '../../functions/table/retry.ts';
import { anApplicationToken, aSessionToken, echoRoute } from '../support/echo-route.ts';
import type { Given } from '../support/events.ts';
import { aRequest } from '../support/exchange.ts';
import { away, conditionFailed, FakeTable } from '../support/fake-table.ts';
import { daysAgo, NO_ROLE, NOW } from '../support/sessions.ts';

const LONG_AGO = daysAgo(1);
const reading: Route = { ...echoRoute, method: 'GET' };
const forSessions: Route = { ...echoRoute, access: 'session' };
const ending: Route = { ...forSessions, endsSession: true };

let fake: FakeTable;
beforeEach(() => {
  fake = new FakeTable();
});

/** A session that the table holds, whose use is noted nowhere else. */
const aKnownSession = (given: Partial<Session> = {}) => {
  const known = aSessionToken(given);
  fake.holds(known.row).lacks(useKey(tokenKey(known.token)));
  return known;
};
const unknownToken = () => {
  const token = randomToken('ses');
  fake.lacks(tokenKey(token), useKey(tokenKey(token)));
  return token;
};

/** A request with a token on its way through the middleware of a route. */
const aCall = (
  token: string,
  {
    route = echoRoute,
    found = {},
    given = {},
  }: { route?: Route; found?: Partial<Exchange>; given?: Given } = {},
) => {
  const params = readParams(echoRoute.params, { number: 7 });
  const request: PipelineRequest = aRequest(given, { route, table: fake.open(), token, params, ...found });
  const { before, after, onError } = authenticate(route);
  return {
    exchange: request.context.exchange,
    judged: async () => {
      await before?.(request);
      return request.context.exchange;
    },
    refusal: async () => (await Promise.resolve(before?.(request)).catch((error) => error)) as Refused,
    finished: async () => void (await after?.(request)),
    failed: async (error: Error) => void (await onError?.(Object.assign(request, { error }))),
  };
};
const INVALID = { name: 'Refused', status: 'invalid-token' };

describe('who calls', () => {
  it('A live session makes its user the caller, and is at hand', async () => {
    const { token, session } = aKnownSession();
    const { identity } = await aCall(token).judged();
    const { user_id: id, name, held } = session;
    expect(identity).toEqual({
      kind: 'session',
      caller: { kind: 'user', id, name, held },
      opened: { token, session },
    });
  });

  it('An application with the route’s scope is the caller', async () => {
    const { token, row } = anApplicationToken('notifications', 'orders:write');
    fake.holds(row).lacks(useKey(tokenKey(token)));
    const { identity, use } = await aCall(token).judged();
    expect(use?.update.Key).toEqual(useKey(tokenKey(token)));
    expect(identity).toEqual({
      kind: 'application',
      caller: { kind: 'application', id: 41, name: 'Planner', scopes: ['notifications', 'orders:write'] },
    });
  });

  it('An application without the route’s scope has no token for it, nor one for a route for sessions', async () => {
    const reader = anApplicationToken('orders:read');
    const writer = anApplicationToken('orders:write');
    fake.holds(reader.row, writer.row);
    for (const { token } of [reader, writer]) fake.lacks(useKey(tokenKey(token)));
    expect(await aCall(reader.token).refusal()).toMatchObject(INVALID);
    expect(await aCall(writer.token, { route: forSessions }).refusal()).toMatchObject(INVALID);
  });

  it('An application is the caller until its token ends, whose use is noted once a day', async () => {
    const { token, row } = anApplicationToken('orders:write');
    const used = { ...useKey(tokenKey(token)), last_used_at: NOW.toISOString() };
    const endsIn = (milliseconds: number) => ({
      ...row,
      valid_until: new Date(NOW.getTime() + milliseconds).toISOString(),
    });
    fake.holds(endsIn(1), used);
    const { identity, use } = await aCall(token).judged();
    expect([identity.kind, use]).toEqual(['application', undefined]);
    fake.holds(endsIn(0));
    expect(await aCall(token).refusal()).toMatchObject(INVALID);
  });

  it('A token that nobody has is invalid', async () => {
    expect(await aCall(unknownToken()).refusal()).toMatchObject(INVALID);
  });

  it.each(['', 'ses_1', `key_${'A'.repeat(43)}`])(
    '%j is malformed, which no table needs to say',
    async (token) => {
      expect(await aCall(token).refusal()).toMatchObject(INVALID);
      expect(fake.asked).toEqual([]);
    },
  );

  it('A token that is missing is refused with what else is wrong, and no table is asked', async () => {
    const params = readParams(echoRoute.params, { number: 'x' });
    const refused = await aCall('', { found: { tokenFaults: [missing('token')], params } }).refusal();
    expect(refused.status).toBe('missing-param');
    expect(refused.details.errors).toMatchObject([{ param: 'token' }, { param: 'number' }]);
    expect(fake.asked).toEqual([]);
  });
});

describe('what a session is worth', () => {
  it('One that has expired says so, also to a user without a role', async () => {
    const { token } = aKnownSession({ held: NO_ROLE, created_at: daysAgo(8) });
    expect(await aCall(token).refusal()).toMatchObject({ status: 'session-expired' });
  });

  it('One that has expired long ago is forgotten', async () => {
    const { token } = aKnownSession({ created_at: daysAgo(60), last_used_at: daysAgo(55) });
    expect(await aCall(token).refusal()).toMatchObject(INVALID);
  });

  it('One of a user without a role is refused, and shown as it is with this use of it', async () => {
    const { token, session } = aKnownSession({ held: NO_ROLE, last_used_at: LONG_AGO });
    const refused = await aCall(token).refusal();
    expect(refused.status).toBe('client-required');
    expect(refused.details.session).toMatchObject({
      token,
      user_id: session.user_id,
      roles: [],
      last_used_at: NOW.toISOString(),
    });
  });

  it('One of a user without a role will do where any session does', async () => {
    const { token } = aKnownSession({ held: NO_ROLE });
    expect((await aCall(token, { route: forSessions }).judged()).identity.kind).toBe('session');
  });
});

describe('a request that has ended its session, and comes again', () => {
  const record = {
    pk: 'IDEMPOTENCY#1',
    fingerprint: 'f',
    status: 'action-successful',
    message: 'Done.',
    salt: 's',
  };
  const given = { headers: { 'idempotency-key': 'key-1' } };

  it('It is known by its key', async () => {
    fake.answers('Get', () => ({ Item: { ...record, sk: 'IDEMPOTENCY', schema_version: 2 } }));
    expect((await aCall(unknownToken(), { route: ending, given }).judged()).identity).toEqual({
      kind: 'done-before',
      record,
    });
  });

  it('It is unknown without a key, and with one under which nothing was done', async () => {
    const token = unknownToken();
    expect(await aCall(token, { route: ending }).refusal()).toMatchObject(INVALID);
    fake.answers('Get');
    expect(await aCall(token, { route: ending, given }).refusal()).toMatchObject(INVALID);
    expect(fake.inputs('Get')).toHaveLength(1);
  });

  it('On a route that ends no session, the key of an unknown token says nothing', async () => {
    expect(await aCall(unknownToken(), { given }).refusal()).toMatchObject(INVALID);
    expect(fake.operations).toEqual(['BatchGet']);
  });
});

describe('what the action will read', () => {
  const run = async () => ({ status: 'action-successful' as const, message: '' });
  it('It goes out in one request with the token, by what is sound of the parameters', async () => {
    const { token } = aKnownSession();
    const table = fake.lacks({ pk: 'ORDER#7', sk: 'ORDER' }).open();
    const sounds: unknown[] = [];
    const prefetch = async (sound: unknown) => {
      sounds.push(sound);
      await table.get({ pk: 'ORDER#7', sk: 'ORDER' });
    };
    await aCall(token, { found: { table, action: { prefetch, run } } }).judged();
    expect(fake.operations).toEqual(['BatchGet']);
    expect(fake.inputs('BatchGet')[0].RequestItems.fake.Keys).toHaveLength(3);
    expect(sounds).toEqual([{ number: 7 }]);
  });

  it('It may fail without the caller being refused for it, and an action may ask for nothing', async () => {
    const { token } = aKnownSession();
    const prefetch = async () => Promise.reject(new Error('a row that is not understood'));
    expect((await aCall(token, { found: { action: { prefetch, run } } }).judged()).identity.kind).toBe(
      'session',
    );
    expect((await aCall(token, { found: { action: { run } } }).judged()).identity.kind).toBe('session');
  });
});

/** That something ends when the use is noted, and not before. */
const expectToWaitFor = async (
  noting: PromiseWithResolvers<object>,
  ending: Promise<void>,
): Promise<void> => {
  let hasEnded = false;
  const ended = ending.then(() => {
    hasEnded = true;
  });
  await setImmediate();
  expect(hasEnded).toBe(false);
  noting.resolve({});
  await ended;
};

describe('the use of a session', () => {
  it('It is left to the transaction of the request, and noted by itself when there was none', async () => {
    const { token } = aKnownSession({ last_used_at: LONG_AGO });
    const { exchange, judged, finished } = aCall(token);
    await judged();
    expect(exchange.use?.update.Key).toEqual(useKey(tokenKey(token)));
    expect(exchange.identity.opened?.session.last_used_at).toBe(NOW.toISOString());
    expect(fake.operations).toEqual(['BatchGet']);
    fake.answers('Update');
    await finished();
    expect(fake.inputs('Update')[0]).toMatchObject({ Key: useKey(tokenKey(token)) });
    expect(exchange.use).toBeUndefined();
  });

  it('It is not noted again when it was noted not long ago', async () => {
    const last_used_at = new Date(NOW.getTime() - 299_999).toISOString();
    const { exchange, judged, finished } = aCall(aKnownSession({ last_used_at }).token);
    await judged();
    await finished();
    expect(exchange.identity.opened?.session.last_used_at).toBe(last_used_at);
    expect(fake.operations).toEqual(['BatchGet']);
  });

  it('Of a read it is noted at once, and once', async () => {
    fake.answers('Update');
    const { exchange, judged, finished } = aCall(aKnownSession({ last_used_at: LONG_AGO }).token, {
      route: reading,
    });
    await judged();
    expect(fake.operations).toEqual(['BatchGet', 'Update']);
    expect(exchange.use).toBeUndefined();
    await finished();
    expect(fake.operations).toEqual(['BatchGet', 'Update']);
  });

  it('An answer waits for the noting that is under way', async () => {
    const noting = Promise.withResolvers<object>();
    fake.answers('Update', () => noting.promise);
    const { judged, finished } = aCall(aKnownSession({ last_used_at: LONG_AGO }).token, { route: reading });
    await judged();
    await expectToWaitFor(noting, finished());
  });

  it('It is noted as well when the request ends in an error', async () => {
    const { token } = aKnownSession({ held: NO_ROLE, last_used_at: LONG_AGO });
    const { refusal, failed } = aCall(token);
    const error = await refusal();
    fake.answers('Update');
    await failed(error);
    expect(fake.operations).toEqual(['BatchGet', 'Update']);
  });

  it('A table that is away is not asked once more for it', async () => {
    const { judged, failed } = aCall(aKnownSession({ last_used_at: LONG_AGO }).token);
    await judged();
    await failed(new TableUnavailable(3, new Error('away')));
    expect(fake.operations).toEqual(['BatchGet']);
  });

  it('When the table is away, the noting that is under way is waited for', async () => {
    const noting = Promise.withResolvers<object>();
    fake.answers('Update', () => noting.promise);
    const { judged, failed } = aCall(aKnownSession({ last_used_at: LONG_AGO }).token, { route: reading });
    await judged();
    await expectToWaitFor(noting, failed(new TableUnavailable(3, new Error('away'))));
  });

  it('That it cannot be noted is for the log, and the answer is given all the same', async () => {
    fake.answers('Update', away);
    const { exchange, judged, finished } = aCall(aKnownSession({ last_used_at: LONG_AGO }).token);
    await judged();
    await finished();
    expect(exchange.faults).toMatchObject([{ cause: { name: 'InternalServerError' } }]);
  });

  it('That the session has ended meanwhile is no fault', async () => {
    fake.answers('Update', conditionFailed);
    const { exchange, judged, finished } = aCall(aKnownSession({ last_used_at: LONG_AGO }).token);
    await judged();
    await finished();
    expect(exchange.faults).toEqual([]);
  });

  it('Where there is no table, no use is looked for', async () => {
    const use = {} as never;
    const { exchange, failed } = aCall('', { found: { table: undefined, use } });
    await failed(new Error('no environment'));
    expect(exchange.faults).toEqual([]);
    expect(fake.asked).toEqual([]);
  });
});
