import { describe, expect, it, vi } from 'vitest';
import { Refused } from '../../functions/contract/refused.ts';
import type { Status } from '../../functions/contract/statuses.ts';
import { chain, type InnerHandler } from '../../functions/pipeline/chain.ts';
import type { Middleware } from '../../functions/pipeline/exchange.ts';
import { echoRoute } from '../support/echo-route.ts';
import { aContext, anEvent } from '../support/events.ts';
import { anEmployee } from '../support/orders.ts';
import { Output } from '../support/output.ts';
import { NOW } from '../support/sessions.ts';

const output = new Output();
const TOKEN = `ses_${'A'.repeat(43)}`;

const done: InnerHandler = async () => ({ data: { number: 7 } });
const refusing =
  (status: Status): InnerHandler =>
  async () => {
    throw new Refused(status);
  };
const failing =
  (fault: unknown): InnerHandler =>
  async () => {
    throw fault;
  };
/** Answers one request, with what its middlewares would have found out. */
const answer = (run: InnerHandler, found: object = {}) => {
  const step: Middleware = { before: ({ context }) => void Object.assign(context.exchange, found) };
  return chain(echoRoute, () => NOW, [step], run)(anEvent({ params: { token: TOKEN } }), aContext());
};

describe('the log', () => {
  it('The log has one line of a request', async () => {
    await answer(done, { coldStart: false, identity: { kind: 'application', caller: anEmployee() } });
    expect(output.log).toEqual([
      {
        level: 'INFO',
        message: 'request',
        service: 'orders',
        timestamp: expect.any(String),
        request_id: 'gateway-request',
        function_request_id: 'function-request',
        route: 'orders/echo',
        status: 'action-successful',
        http_status: 200,
        duration_ms: expect.any(Number),
        cold_start: false,
        function_version: '7',
        caller: { kind: 'user', id: 31 },
        _aws: expect.any(Object),
        Requests: 1,
        Latency: expect.any(Number),
      },
    ]);
  });

  it('The log says which client calls, by the id that orders have of it, and about which order', async () => {
    const held = { client_id: 41, employee: false, liaison_for: null };
    const params = { sound: { order_id: 7, notes: 'Ring twice.' } };
    const caller = { kind: 'user', id: 31, name: 'Ada', held };
    await answer(done, { identity: { kind: 'session', caller }, params });
    expect(output.log).toMatchObject([{ caller: { kind: 'user', id: 31, client_id: 41 }, order_id: 7 }]);
    expect(output.text).not.toMatch(/Ada|twice/);
  });

  it('The log says for how long DynamoDB and Mandrill were waited for, and how often the former was asked', async () => {
    const table = { unreadable: [], asked: { tries: 3, milliseconds: 12.4 } };
    await answer(done, { table, emails: { sent: 1, failures: [], milliseconds: 250.5 } });
    await answer(done, { table });
    expect(output.log[0]).toMatchObject({ dynamodb_ms: 12, tries: 3, mandrill_ms: 251 });
    expect(output.log[1]).not.toHaveProperty('mandrill_ms');
  });

  it('A line of the log has some thousand characters at most, whatever a fault has to say', async () => {
    const endless = new Error('no '.repeat(100_000));
    endless.cause = endless;
    await answer(failing(endless));
    expect(output.log).toMatchObject([{ status: 'identify-request-error' }]);
    expect(output.text.length).toBeLessThan(20_000);
  });

  it('The log says that the first request of an instance alone was a cold start', async () => {
    vi.resetModules();
    const instance = await import('../../functions/pipeline/chain.ts');
    const handler = instance.chain(echoRoute, () => NOW, [], done);
    for (let times = 0; times < 2; times += 1) await handler(anEvent({ params: {} }), aContext());
    expect(output.log).toMatchObject([{ cold_start: true }, { cold_start: false }]);
  });

  it.each([
    ['invalid-param', 400],
    ['invalid-token', 401],
    ['route-not-found', 503],
  ] as const)('The log has one line of a request that ends in %s', async (status, http_status) => {
    await answer(refusing(status));
    expect(output.log).toMatchObject([{ level: 'INFO', status, http_status }]);
    expect(output.log[0]).not.toHaveProperty('faults');
  });

  it('The log tells of a fault of ours where it happened and why', async () => {
    const cause = new RangeError('a number too many');
    await answer(failing(new Error('it broke', { cause })), { identified: true });
    expect(output.log).toMatchObject([
      {
        level: 'ERROR',
        status: 'application-crash',
        http_status: 500,
        faults: [
          {
            name: 'Error',
            message: 'it broke',
            stack: expect.arrayContaining([expect.stringContaining('observe.test.ts')]),
            cause: { name: 'RangeError', message: 'a number too many' },
          },
        ],
      },
    ]);
  });

  it('The log tells of what was thrown that is no error nothing but its type', async () => {
    await answer(failing(`bob@example.com ${TOKEN}`));
    expect(output.log[0].faults).toEqual([{ name: 'string' }]);
  });

  it.each([
    'bob@example.com is no recipient',
    `unknown token ${TOKEN}`,
    `{"token":"${TOKEN}","email":"bob@example.com"}`,
    'to <bob@example.com>,"o\'bob@example.com"',
    'first line\n    at bob@example.com\n    at home',
    `first line\nat ${TOKEN}`,
  ])('The log has nothing personal in it, even when a fault says %j', async (message) => {
    await answer(failing(new Error(message, { cause: new Error(message) })), {
      identity: { kind: 'application', caller: anEmployee() },
    });
    expect(output.log).toHaveLength(1);
    expect(output.text).not.toContain('bob');
    expect(output.text).not.toContain("o'");
    expect(output.text).not.toContain('A'.repeat(20));
    expect(output.text).not.toContain('Emil');
  });

  it('The log says so when a request matches no route', async () => {
    await chain(undefined, () => NOW, [], refusing('route-non-existent'))(anEvent(), aContext());
    expect(output.log).toMatchObject([{ service: 'gateway', route: '$default', http_status: 500 }]);
  });
});

describe('the metrics', () => {
  const metricsOf = () =>
    output.metrics.map(({ _aws: { CloudWatchMetrics }, ...values }) => ({ sets: CloudWatchMetrics, values }));

  it('The metrics count a request by service, and by service and route, in one line', async () => {
    await answer(done);
    const metrics = metricsOf();
    expect(metrics).toHaveLength(1);
    const [{ sets, values } = { sets: [], values: {} }] = metrics;
    expect(sets).toHaveLength(1);
    expect(sets[0].Namespace).toBe('PlanoOrders/test');
    expect(sets[0].Dimensions).toEqual([['service'], ['service', 'route']]);
    expect(sets[0].Metrics).toEqual(
      expect.arrayContaining([
        { Name: 'Requests', Unit: 'Count' },
        { Name: 'Latency', Unit: 'Milliseconds' },
      ]),
    );
    expect(values).toMatchObject({
      service: 'orders',
      route: 'orders/echo',
      Requests: 1,
      Latency: expect.any(Number),
    });
  });

  /** What is counted besides, apart from the requests: each by its own dimensions, with their values. */
  const besides = () =>
    metricsOf().flatMap(({ sets: [, ...others], values }) =>
      others.map(({ Dimensions, Metrics }: { Dimensions: string[][]; Metrics: { Name: string }[] }) => {
        expect(Dimensions).toHaveLength(1);
        const names = [...(Dimensions[0] ?? []), ...Metrics.map(({ Name }) => Name)];
        return Object.fromEntries(names.map((name) => [name, values[name]]));
      }),
    );

  it.each([
    ['a crash', { identified: true }, 'ApplicationCrashes'],
    ['a fault before the route was identified', {}, 'IdentifyRequestErrors'],
  ])('The metrics count %s, and once more by the version that answered it', async (_, found, metric) => {
    await answer(failing(new Error('it broke')), found);
    const all = metricsOf().map(({ values }) => values);
    expect(all.find((values) => 'Requests' in values)).toMatchObject({ [metric]: 1 });
    expect(besides()).toEqual([
      { service: 'orders', route: 'orders/echo', function_version: '7', Faults: 1 },
    ]);
  });

  it.each(['invalid-param', 'session-expired', 'permission-required', 'too-many-attempts'] as const)(
    'The metrics count %s as refused, by service alone',
    async (status) => {
      await answer(refusing(status));
      expect(besides()).toEqual([{ service: 'orders', Refusals: 1 }]);
    },
  );

  it('The metrics count what is asked for and not deployed by service alone, if the team is told of it', async () => {
    const missing = { kind: 'route-not-found', cause: 'orders/echo: no record' };
    await answer(refusing('route-not-found'), { missing });
    await answer(refusing('route-not-found'));
    expect(besides()).toEqual([{ service: 'orders', NotFound: 1 }]);
  });

  it('The metrics count e-mails that were sent and that failed, and none where there were none', async () => {
    await answer(done, { emails: { sent: 1, failures: [] } });
    const failure = { kind: 'rejected', cause: 'hard-bounce', permanent: true } as const;
    await answer(done, { emails: { sent: 0, failures: [failure, failure] } });
    const [sent, failed] = metricsOf().map(({ values }) => values);
    expect(sent).toMatchObject({ EmailsSent: 1 });
    expect(sent).not.toHaveProperty('EmailsFailed');
    expect(failed).toMatchObject({ EmailsFailed: 2 });
    expect(failed).not.toHaveProperty('EmailsSent');
  });

  it('The metrics leave out an e-mail of which nobody is told, which the log has', async () => {
    const failure = { kind: 'rejected', cause: 'hard-bounce', permanent: true, untold: true } as const;
    await answer(done, { emails: { sent: 0, failures: [failure] } });
    const [metrics] = metricsOf().map(({ values }) => values);
    expect(metrics).not.toHaveProperty('EmailsFailed');
    expect(output.log).toMatchObject([{ email_failures: [{ cause: 'hard-bounce', untold: true }] }]);
  });

  it('The metrics count a cold start once', async () => {
    await answer(done, { coldStart: true });
    await answer(done);
    const [cold, warm] = metricsOf().map(({ values }) => values);
    expect(cold).toMatchObject({ ColdStarts: 1 });
    expect(warm).not.toHaveProperty('ColdStarts');
  });
});
