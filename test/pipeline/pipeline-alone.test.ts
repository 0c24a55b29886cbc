import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useKey } from '../../functions/accounts/session-use.ts';
import { tokenKey } from '../../functions/accounts/tokens.ts';
import type { Route } from '../../functions/contract/define-route.ts';
import { fault } from '../../functions/contract/faults.ts';
import { Refused } from '../../functions/contract/refused.ts';
import { emailKey } from '../../functions/outbox/outbox-row.ts';
import type { Action } from '../../functions/pipeline/action.ts';
import { pipeline } from '../../functions/pipeline/pipeline.ts';
import { fingerprintOf } from '../../functions/table/idempotency-key.ts';
import { randomToken } from '../../functions/table/ids.ts';
import {
  anApplicationToken,
  aSessionToken,
  echoRoute,
  routeRecord,
  serviceRecord,
} from '../support/echo-route.ts';
import { EMAIL_ENVIRONMENT } from '../support/email-environment.ts';
import { anEmail } from '../support/emails.ts';
import { aContext, anEvent, type Given } from '../support/events.ts';
import { FakeTable } from '../support/fake-table.ts';
import { Output } from '../support/output.ts';
import { daysAgo, NO_ROLE, NOW } from '../support/sessions.ts';

new Output();
const employee = aSessionToken();
const client = aSessionToken({ held: { ...NO_ROLE, client_id: 5 } });
const noRole = aSessionToken({ held: NO_ROLE });
const application = anApplicationToken('orders:write');
const unknown = randomToken('ses');
const KEYED = { headers: { 'idempotency-key': 'key-1' } };
const record = {
  pk: 'IDEMPOTENCY#1',
  sk: 'IDEMPOTENCY',
  schema_version: 2,
  fingerprint: fingerprintOf({ number: 7 }),
  status: 'action-successful',
  message: 'Done then.',
  data_json: '{"number":7}',
  salt: 'salt',
};

let fake: FakeTable;
beforeEach(() => {
  fake = new FakeTable()
    .takesCalls()
    .holds(serviceRecord, routeRecord, application.row)
    .holds({ ...useKey(tokenKey(application.token)), last_used_at: NOW.toISOString() })
    .lacks(tokenKey(unknown), useKey(tokenKey(unknown)));
  for (const { token, row } of [employee, client, noRole]) {
    fake.holds(row).lacks(useKey(tokenKey(token)));
  }
  for (const [name, value] of Object.entries({
    ...EMAIL_ENVIRONMENT,
    STAGE: 'test',
    TABLE_NAME: 'orders-of-test',
  })) {
    vi.stubEnv(name, value);
  }
});
afterEach(() => vi.unstubAllEnvs());

type Acting = Action<typeof echoRoute>;
const echo: Acting['run'] = ({ params }, begin) => begin().commit({ data: params.complete() });
/** Has a route's function answer one request. */
const answered = async (
  given: Given,
  { route = echoRoute, run = echo, ...more }: { route?: Route } & Partial<Acting> = {},
) => {
  const outside = { clock: () => NOW, retries: () => ({ pausesMs: [] }) };
  const handler = pipeline(route as typeof echoRoute, () => ({ run, ...more }), outside);
  const { statusCode: http, headers, body = '' } = await handler(anEvent(given), aContext());
  return { http, headers, ...JSON.parse(body) };
};
const by = ({ token }: { token: string }, more: object = { number: 7 }): Given => ({
  params: { ...more, token },
});

describe('the order in which a request is judged', () => {
  it.each<[string, Given, string]>([
    ['a content type', { headers: { 'content-type': 'text/plain' }, body: '{' }, 'invalid-content-type'],
    ['a body that is no JSON', { body: '{', query: { token: 'x' } }, 'invalid-encoded-params'],
    ['a missing token', { params: { number: 'x' } }, 'missing-param'],
    ['an unknown token', by({ token: unknown }, { number: 'x' }), 'invalid-token'],
    ['a caller without a role', by(noRole, { number: 'x' }), 'client-required'],
    ['a caller of another role', by(client, { number: 'x' }), 'permission-required'],
    ['a parameter', by(employee, { number: 'x' }), 'invalid-param'],
    ['nothing', by(employee), 'action-successful'],
    ['nothing of an application', by(application), 'action-successful'],
  ])('What %s has to say is said before whatever comes after it', async (_, given, status) => {
    expect((await answered(given)).status).toBe(status);
  });

  it('A route that is withdrawn says so before anything of the request is judged', async () => {
    fake.holds({ ...routeRecord, withdrawn_at: daysAgo(1) });
    expect((await answered({ body: '{' })).status).toBe('route-not-found');
  });

  it('A route for anyone takes no token, and looks for none', async () => {
    const route: Route = { ...echoRoute, access: 'anyone' };
    expect(await answered({ params: { number: 7 } }, { route })).toMatchObject({ data: { number: 7 } });
    expect((await answered(by(employee), { route })).errors).toMatchObject([{ param: 'token' }]);
    expect(fake.operations).toEqual(['BatchGet', 'BatchGet']);
  });

  it('A route for sessions takes one of a user without a role, and hands on the session', async () => {
    const route: Route = { ...echoRoute, access: 'session' };
    const run: Acting['run'] = ({ opened }, begin) =>
      begin().commit({ data: { number: opened?.token === noRole.token ? 1 : 2 } });
    expect(await answered(by(noRole), { route, run })).toMatchObject({ data: { number: 1 } });
  });

  it('A read takes its parameters from the query string, whatever its body is said to be', async () => {
    const route: Route = { ...echoRoute, method: 'GET' };
    const run = (async ({ params }: { params: { sound: { words?: string } } }) => ({
      data: { number: 1, words: params.sound.words },
    })) as never;
    const headers = { authorization: `Bearer ${employee.token}`, 'content-type': 'text/plain' };
    const { data } = await answered({ query: { words: 'hi' }, headers }, { route, run });
    expect(data).toEqual({ number: 1, words: 'hi' });
  });

  it('A sensitive route takes its parameters in base64 alone', async () => {
    const route: Route = { ...echoRoute, sensitive: true };
    const json = JSON.stringify(by(employee).params);
    expect((await answered({ body: Buffer.from(json).toString('base64') }, { route })).http).toBe(200);
    expect((await answered({ body: json }, { route })).status).toBe('invalid-encoded-params');
  });

  it('An action is told who calls, when, from where and by which request', async () => {
    const requests: unknown[] = [];
    const run: Acting['run'] = (request, begin) => {
      requests.push(request);
      return begin().commit({ data: { number: 1 } });
    };
    await answered(by(application), { run });
    expect(requests).toMatchObject([
      {
        caller: { kind: 'application', id: 41 },
        now: NOW,
        requestId: 'gateway-request',
        source: '127.0.0.1',
        key: undefined,
      },
    ]);
  });
});

describe('a request with an idempotency key', () => {
  it('The first one is done without looking for another, and keeps its answer', async () => {
    fake.answers('TransactWrite');
    const { http, headers } = await answered({ ...by(employee), ...KEYED });
    expect(http).toBe(200);
    expect(headers).not.toHaveProperty('idempotent-replayed');
    expect(fake.operations).toEqual(['BatchGet', 'TransactWrite']);
    expect(fake.transactions[0]?.[0].Put.Item).toMatchObject({ data_json: '{"number":7}' });
  });

  const stale: Acting['run'] = async () => {
    throw new Refused('invalid-param', { errors: [fault('number', 'stale', 'is stale')] });
  };
  it('One that is refused for its parameters, but was done before, is answered as it was then', async () => {
    fake.answers('Get', () => ({ Item: record }));
    const { message, data, headers } = await answered({ ...by(employee), ...KEYED }, { run: stale });
    expect({ message, data }).toEqual({ message: 'Done then.', data: { number: 7 } });
    expect(headers).toMatchObject({ 'idempotent-replayed': 'true' });
  });

  it('One that is refused for its parameters, and was never done, is refused', async () => {
    fake.answers('Get');
    const { status, errors } = await answered({ ...by(employee), ...KEYED }, { run: stale });
    expect(status).toBe('invalid-param');
    expect(errors).toMatchObject([{ param: 'number', code: 'stale' }]);
  });

  it('One whose key was used for another says what is wrong with both', async () => {
    fake.answers('Get', () => ({ Item: { ...record, fingerprint: 'other' } }));
    const { errors } = await answered({ ...by(employee), ...KEYED }, { run: stale });
    expect(errors.map(({ code }: { code: string }) => code)).toEqual(['stale', 'reused']);
  });

  it('An action says what is not kept of an answer, or that the request is another', async () => {
    fake.answers('Get', () => ({ Item: record }));
    const asked: unknown[] = [];
    const session = { token: 'ses_1' } as never;
    const replay = async (...args: unknown[]) => {
      asked.push(args);
      return { session };
    };
    expect(await answered({ ...by(employee), ...KEYED }, { run: stale, replay })).toMatchObject({ session });
    expect(asked).toMatchObject([[{ requestId: 'gateway-request' }, { message: 'Done then.' }]]);
    const another = { run: stale, replay: async () => undefined };
    expect((await answered({ ...by(employee), ...KEYED }, another)).status).toBe('invalid-param');
  });

  it('A session that this very request has ended is answered so, and the action does not run', async () => {
    fake.answers('Get', () => ({ Item: record }));
    const route: Route = { ...echoRoute, access: 'session', endsSession: true };
    const run: Acting['run'] = async () => {
      throw new Error('nobody should act');
    };
    const { message, headers } = await answered({ ...by({ token: unknown }), ...KEYED }, { route, run });
    expect(message).toBe('Done then.');
    expect(headers).toMatchObject({ 'idempotent-replayed': 'true' });
  });

  describe('whose e-mails', () => {
    const route: Route = { ...echoRoute, sends: ['email'] };
    const emails = [anEmail(), anEmail()];
    const again = (...states: string[]) => {
      fake
        .answers('Get', () => ({ Item: { ...record, email_ids: emails.map(({ email_id }) => email_id) } }))
        .holds(
          ...emails.map((email, at) => ({
            ...emailKey(email.email_id),
            ...email,
            state: states[at],
            attempts: 1,
          })),
        );
      return answered({ ...by(employee), ...KEYED }, { route, run: stale });
    };

    it('It is answered with success when all of its e-mails were sent', async () => {
      expect(await again('sent', 'sent')).toMatchObject({ status: 'action-successful' });
    });

    it('It is answered that an e-mail was not sent when one of them is parked', async () => {
      expect(await again('sent', 'parked')).toMatchObject({
        status: 'mandrill-email-failed',
        data: { number: 7 },
      });
    });
  });
});

describe('what functions have from outside', () => {
  it('Without another clock, a function goes by that of the system', async () => {
    const { token, row } = aSessionToken({
      created_at: new Date().toISOString(),
      last_used_at: new Date().toISOString(),
    });
    fake.holds(row).lacks(useKey(tokenKey(token)));
    const times: Date[] = [];
    const run: Acting['run'] = ({ now }, begin) => {
      times.push(now);
      return begin().commit({ data: { number: 1 } });
    };
    const { statusCode } = await pipeline(echoRoute, () => ({ run }))(anEvent(by({ token })), aContext());
    expect(statusCode).toBe(200);
    expect(Math.abs(Date.now() - Number(times[0]))).toBeLessThan(10_000);
  });
});
