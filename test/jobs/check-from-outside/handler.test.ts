import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { handler } from '../../../functions/jobs/check-from-outside/handler.ts';
import { parameterOf } from '../../../functions/jobs/check-from-outside/set-up.ts';
import {
  type LoopbackReply,
  type LoopbackRequest,
  type LoopbackServer,
  serveLoopback,
} from '../../../infra/local/loopback.ts';
import { startParameters } from '../../../infra/local/parameters.ts';
import { aContext } from '../../support/events.ts';
import { Output } from '../../support/output.ts';
import { WiredTable } from '../../support/wired-table.ts';

/** The function between an API and a CodeDeploy that are stood in for: what it sends to each, and makes of what comes back. */
const db = new WiredTable();
const output = new Output();
const TOKEN = `app_${'t'.repeat(43)}`;

let parameters: Awaited<ReturnType<typeof startParameters>>;
let api: LoopbackServer;
let codeDeploy: LoopbackServer;
const asked: LoopbackRequest[] = [];
const told: LoopbackRequest[] = [];
/** The order that the API has. */
let order: { updated_at: string; notes: string };
/** What the API answers to an update. */
let updated: (sent: { notes: string }) => LoopbackReply;

const answer = (http: number, body: object): LoopbackReply => ({
  status: http,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
const showing = (order: object): LoopbackReply =>
  answer(200, { status: 'action-successful', message: 'Done.', request_id: 'api-request', data: { order } });

beforeAll(async () => {
  parameters = await startParameters({
    check: parameterOf({ token: TOKEN, order_id: 7, appt_id: 8 }),
    broken: '{"token":',
  });
  api = await serveLoopback((request) => {
    asked.push(request);
    if (request.method === 'GET') return showing(order);
    const sent = JSON.parse(request.body);
    const reply = updated(sent);
    order = { ...order, notes: sent.notes };
    return reply;
  });
  codeDeploy = await serveLoopback((request) => {
    told.push(request);
    return {
      status: 200,
      headers: { 'content-type': 'application/x-amz-json-1.1' },
      body: JSON.stringify({ lifecycleEventHookExecutionId: 'hook-1' }),
    };
  });
});
afterAll(() => Promise.all([parameters.close(), api.close(), codeDeploy.close()]));
beforeEach(async () => {
  await db.clear();
  [asked.length, told.length] = [0, 0];
  order = { updated_at: '2026-11-02T09:00:00.000Z', notes: '' };
  updated = ({ notes }) => showing({ ...order, notes });
  const environment = {
    AWS_ENDPOINT_URL_SSM: parameters.endpoint,
    AWS_ENDPOINT_URL_CODEDEPLOY: codeDeploy.url,
    API_URL: api.url,
    CHECK_PARAMETER: 'check',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
});

const run = () => handler({} as never, aContext());
const HOOK = { DeploymentId: 'd-ABCDEF123', LifecycleEventHookExecutionId: 'hook-1' };
const runAsHook = () => handler(HOOK, aContext());
/** What the team was told: kind and cause, and of which request. */
const notifications = async () =>
  (await db.rows('NOTIFICATION')).map(({ sk, last_request_id }) => `${sk} (${last_request_id})`);

it('The check calls the API as a client does, with its token, a key of its own and the appointment’s id', async () => {
  expect(await run()).toEqual({ passed: true });
  expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /api/v1/orders/show',
    'POST /api/v1/orders/update',
    'GET /api/v1/orders/show',
  ]);
  for (const { headers } of asked) expect(headers.authorization).toBe(`Bearer ${TOKEN}`);
  const [, { headers, body } = { headers: {}, body: '' }] = asked;
  expect(headers).toMatchObject({
    'content-type': 'application/json',
    'idempotency-key': expect.stringMatching(/^[\w-]{36}$/),
  });
  expect(JSON.parse(body)).toEqual({
    order_id: 7,
    updated_at: expect.any(String),
    notes: expect.stringContaining('Checked from outside at 20'),
    appointment: { appt_id: 8 },
  });
  expect(await notifications()).toEqual([]);
  expect(output.log).toMatchObject([{ level: 'INFO', message: 'check', passed: true }]);
});

describe('a check that fails', () => {
  it.each<[string, LoopbackReply, string]>([
    [
      'a status of the API’s',
      answer(400, { status: 'missing-param', message: TOKEN, request_id: 'api-request' }),
      'orders/update: 400 missing-param (api-request)',
    ],
    [
      'an answer of the gateway’s own',
      answer(503, { message: `Service Unavailable ${TOKEN}` }),
      'orders/update: 503 without a status (function-request)',
    ],
    [
      'what is no JSON',
      { status: 502, headers: {}, body: `<html>${TOKEN}` },
      'orders/update: 502 without a status (function-request)',
    ],
    [
      'a status that nobody knows, of which nothing personal is kept',
      answer(418, { status: 'for ada@example.com', request_id: 'api-request' }),
      'orders/update: 418 for_ada_example_com (api-request)',
    ],
    [
      'success without an order',
      answer(200, { status: 'action-successful', request_id: 'api-request', data: { order: undefined } }),
      'orders/update: 200 without an order (api-request)',
    ],
  ])('The team is told of the step and of %s, once, and the run counts as failed', async (_, reply, said) => {
    updated = () => reply;
    await expect(run()).rejects.toMatchObject({ name: 'CheckFailed' });
    expect(await notifications()).toEqual([`check-failed#${said}`]);
    expect(output.log).toMatchObject([{ level: 'ERROR', passed: false, faults: [{ name: 'CheckFailed' }] }]);
    expect(JSON.stringify(output.log)).not.toContain(TOKEN);
  });

  it('The team is told when no answer comes', async () => {
    vi.stubEnv('API_URL', 'http://127.0.0.1:1');
    await expect(run()).rejects.toThrow('orders/show: no answer');
    expect(await notifications()).toEqual(['check-failed#orders/show: no answer (function-request)']);
  });

  it.each(['unknown', 'broken'])(
    'A check that is not set up says what to type (%s parameter)',
    async (name) => {
      vi.stubEnv('CHECK_PARAMETER', name);
      await expect(run()).rejects.toThrow('type: npm run ops -- check set-up --stage test');
      expect(await notifications()).toEqual(['check-failed#set-up: there is none (function-request)']);
      expect(asked).toEqual([]);
    },
  );
});

describe('before a rollout ends', () => {
  const statusTold = () =>
    told.map(({ headers, body }) => ({ target: headers['x-amz-target'], ...JSON.parse(body) }));
  const telling = (status: string) => [
    {
      target: 'CodeDeploy_20141006.PutLifecycleEventHookExecutionStatus',
      deploymentId: 'd-ABCDEF123',
      lifecycleEventHookExecutionId: 'hook-1',
      status,
    },
  ];

  it('CodeDeploy is told when the check has passed', async () => {
    expect(await runAsHook()).toEqual({ passed: true });
    expect(statusTold()).toEqual(telling('Succeeded'));
    expect(output.log).toMatchObject([{ level: 'INFO', deployment_id: 'd-ABCDEF123' }]);
  });

  it('CodeDeploy is told when the check has failed, and so is the team; the call itself has done what it was to do', async () => {
    updated = () => answer(500, { status: 'application-crash', request_id: 'api-request' });
    expect(await runAsHook()).toEqual({ passed: false });
    expect(statusTold()).toEqual(telling('Failed'));
    expect(await notifications()).toEqual([
      'check-failed#orders/update: 500 application-crash (api-request)',
    ]);
  });

  it('CodeDeploy is told nothing by a run of the clock', async () => {
    await run();
    expect(told).toEqual([]);
  });
});
