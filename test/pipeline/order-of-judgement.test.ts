import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { randomToken } from '../../functions/table/ids.ts';
import type { Row } from '../../functions/table/row.ts';
import { anEchoFunction } from '../support/echo-function.ts';
import {
  anApplicationToken,
  aSessionToken,
  echoRoute,
  routeRecord,
  serviceRecord,
} from '../support/echo-route.ts';
import type { Given } from '../support/events.ts';
import { Output } from '../support/output.ts';
import { daysAgo, NO_ROLE } from '../support/sessions.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();
new Output();

const CLIENT = { ...NO_ROLE, client_id: 5 };
const tokens = {
  employee: aSessionToken(),
  /** Whose use is to be noted. */
  idle: aSessionToken({ last_used_at: daysAgo(1) }),
  expired: aSessionToken({ held: NO_ROLE, created_at: daysAgo(8) }),
  noRole: aSessionToken({ held: NO_ROLE }),
  client: aSessionToken({ held: CLIENT }),
  application: anApplicationToken('orders:write'),
};
beforeAll(() => db.put(...Object.values(tokens).map(({ row }) => row)));
beforeEach(() => db.put(serviceRecord, routeRecord));

const withdrawn = (row: Row): Row => ({ ...row, withdrawn_at: daysAgo(1) });
const WRONG = { number: '7', surprise: true };
const MISSING = { surprise: true };
/** A request that sends these parameters. */
const sent = (params: object, given: Given = {}): Given => ({ params, ...given });
const NOT_JSON: Given = { headers: { 'content-type': 'text/plain' } };

describe('of several faults the one judged first is answered', () => {
  it.each<[string, Given, string]>([
    ['a content type, a body that is no JSON', { ...NOT_JSON, body: '{' }, 'invalid-content-type'],
    ['a content type, no parameters', { ...NOT_JSON, body: '' }, 'invalid-content-type'],
    ['a body that is no JSON, no token', { body: '{' }, 'invalid-encoded-params'],
    [
      'a body that is no JSON, a token in the query',
      { body: '{', query: { token: 'x' } },
      'invalid-encoded-params',
    ],
    ['a content type, a body too large', { ...NOT_JSON, body: 'x'.repeat(300_000) }, 'invalid-content-type'],
    ['a body too large that is no JSON', { body: 'x'.repeat(300_000) }, 'invalid-param'],
    ['a body too large without parameters', { body: ' '.repeat(300_000) }, 'invalid-param'],
    ['no parameters, no token', { body: '{}' }, 'no-params-decoded'],
    ['no token, wrong parameters', sent(WRONG), 'missing-param'],
    ['a body too large, no token', sent({ words: 'x'.repeat(300_000) }), 'invalid-param'],
    ['a token in the query, wrong parameters', sent(WRONG, { query: { token: 'x' } }), 'invalid-param'],
    ['a token in the query, missing parameters', sent(MISSING, { query: { token: 'x' } }), 'missing-param'],
    [
      'an unknown token, missing parameters',
      sent({ ...MISSING, token: randomToken('ses') }),
      'invalid-token',
    ],
    [
      'a body too large, a malformed token',
      sent({ words: 'x'.repeat(300_000) }, { headers: { authorization: 'Bearer 7' } }),
      'invalid-param',
    ],
    [
      'an expired session without a role',
      sent({ ...MISSING, token: tokens.expired.token }),
      'session-expired',
    ],
    ['no role, missing parameters', sent({ ...MISSING, token: tokens.noRole.token }), 'client-required'],
    [
      'the wrong role, missing parameters',
      sent({ ...MISSING, token: tokens.client.token }),
      'permission-required',
    ],
    ['missing and wrong parameters', sent({ ...MISSING, token: tokens.employee.token }), 'missing-param'],
    ['wrong parameters', sent({ ...WRONG, token: tokens.employee.token }), 'invalid-param'],
    ['none at all', sent({ number: 7, token: tokens.employee.token }), 'action-successful'],
    ['none of an application', sent({ number: 7, token: tokens.application.token }), 'action-successful'],
  ])('Of several faults the one judged first is answered: %s', async (_, given, status) => {
    expect((await anEchoFunction()(given)).body.status).toBe(status);
  });

  it.each<[string, () => void | Promise<void>, string]>([
    ['an environment that is wrong', () => void vi.stubEnv('TABLE_NAME', ''), 'identify-request-error'],
    [
      'a service and a route withdrawn',
      () => db.put(withdrawn(serviceRecord), withdrawn(routeRecord)),
      'service-not-found',
    ],
    ['a route withdrawn', () => db.put(withdrawn(routeRecord)), 'route-not-found'],
  ])(
    'The first fault that is judged, before anything about the request, is %s',
    async (_, arrange, status) => {
      await arrange();
      expect((await anEchoFunction()({ ...NOT_JSON, body: '{' })).body.status).toBe(status);
    },
  );

  it.each(['expired', 'noRole', 'client', 'idle'] as const)(
    'A route that was withdrawn is what is judged first, though the token is read with it: %s',
    async (whose) => {
      await db.put({ ...routeRecord, withdrawn_at: daysAgo(0) });
      const answer = await anEchoFunction()(sent({ number: 7, token: tokens[whose].token }));
      expect(answer.body.status).toBe('route-not-found');
      // Not even that the token was used is noted.
      expect(db.wire.operations).toEqual(['BatchGetItem']);
    },
  );
});

describe('all faults are listed', () => {
  it('All faults are listed with a missing token', async () => {
    const { errors = [] } = (await anEchoFunction()({ params: WRONG, query: { trace: '1' } })).body;
    expect(errors.map(({ param, code }) => `${param} ${code}`).sort()).toEqual([
      'number type',
      'surprise unknown',
      'token missing',
      'trace unknown',
    ]);
  });

  it('A body too large is the only fault that is listed, whoever sends it', async () => {
    const params = { ...WRONG, words: 'x'.repeat(300_000), token: tokens.employee.token };
    for (const given of [{ params }, { params: { ...params, token: undefined }, query: { trace: '1' } }]) {
      const { status, errors } = (await anEchoFunction()(given)).body;
      expect(status).toBe('invalid-param');
      expect(errors).toMatchObject([{ param: 'body', code: 'too-large' }]);
      expect(errors).toHaveLength(1);
    }
    expect(db.wire.operations).toEqual(['BatchGetItem', 'BatchGetItem']);
  });

  it('Of very many faults the first hundred are listed, those first that say what is missing, with their number', async () => {
    const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`x${index}`, 1]));
    const known = { ...many, token: tokens.employee.token, number: 7 };
    const answers = await Promise.all([many, known].map(async (params) => anEchoFunction()({ params })));
    const [missing, unknown] = answers.map(({ body: { errors = [], ...body } }) => ({
      ...body,
      errors: errors.map(({ param }) => param),
    }));
    expect(missing).toMatchObject({ status: 'missing-param', errors_total: 20_002 });
    expect(missing?.errors).toEqual(['token', 'number', ...Array.from({ length: 98 }, (_, at) => `x${at}`)]);
    expect(unknown).toMatchObject({ status: 'invalid-param', errors_total: 20_000 });
    expect(unknown?.errors).toEqual(Array.from({ length: 100 }, (_, at) => `x${at}`));
  });

  it('Of a hundred faults all are listed, without a number', async () => {
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`x${index}`, 1]));
    const { body } = await anEchoFunction()({
      params: { ...many, number: 7, token: tokens.employee.token },
    });
    expect(body.errors).toHaveLength(100);
    expect(body).not.toHaveProperty('errors_total');
  });
});

it('A session without a role is shown to who has it', async () => {
  const { token, session } = tokens.noRole;
  const { http, body } = await anEchoFunction()({ params: { token, number: 7 } });
  expect(http).toBe(401);
  expect(body.session).toMatchObject({ token, user_id: session.user_id, roles: [], remember_me: false });
});

it('A sensitive route takes its parameters and its token from the encoded body', async () => {
  const sensitive = anEchoFunction({ route: { ...echoRoute, sensitive: true } });
  const json = JSON.stringify({ token: tokens.employee.token, number: 7 });
  expect((await sensitive({ body: Buffer.from(json).toString('base64') })).body).toMatchObject({
    data: { number: 7 },
  });
  expect((await sensitive({ body: json })).body.status).toBe('invalid-encoded-params');
});
