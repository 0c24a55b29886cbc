import { describe, expect, it } from 'vitest';
import { NoAnswerError, PlanoError, retryOf, type Status } from '../../client/src/index.ts';
import { renderingOf } from '../../functions/contract/statuses.ts';
import { enveloped, rejection, ScriptedApi, type Step } from '../support/scripted-api.ts';

const done = enveloped('action-successful', { data: { order: { order_id: 1 } } });
const order = { line_items: [{ name: 'Hedge', quantity: 1 }] };
/** A change whose e-mail is not sent is a result, though the same request would try the e-mail again. */
const results: readonly Status[] = ['action-successful', 'mandrill-email-failed'];
const refusals = (Object.keys(retryOf) as Status[]).filter((status) => !results.includes(status));
const of = (...kinds: string[]) => refusals.filter((status) => kinds.includes(retryOf[status]));

describe('what is sent again', () => {
  it.each(of('same-key', 'after-pause'))(
    'What was refused with %s is sent again with the same key',
    async (status) => {
      const api = new ScriptedApi([enveloped(status, { http: renderingOf(status).http }), done]);
      await expect(api.client.orders.create(order)).resolves.toMatchObject({ replayed: false });
      expect(api.keys[0]).toMatch(/^[\da-f]{32}$/);
      expect(api.keys).toEqual([api.keys[0], api.keys[0]]);
      expect(api.sent[1]?.init.body).toBe(api.sent[0]?.init.body);
    },
  );

  it.each(of('never'))('What was refused with %s is not sent again', async (status) => {
    const { http } = renderingOf(status);
    const api = new ScriptedApi([enveloped(status, { http, errors: [] })]);
    expect(await rejection(api.client.orders.create(order))).toMatchObject({
      name: 'PlanoError',
      status,
      http,
    });
    expect(api.sent).toHaveLength(1);
  });

  it('What was refused with a status of a later release is not sent again', async () => {
    const api = new ScriptedApi([enveloped('payment-required', { http: 500 })]);
    expect(await rejection(api.client.orders.create(order))).toMatchObject({ status: 'payment-required' });
    expect(api.sent).toHaveLength(1);
  });

  const json = (http: number, text: string) =>
    new Response(text, { status: http, headers: { 'apigw-requestid': 'gw-1' } });
  it.each<[string, Step]>([
    ['no connection', new TypeError('fetch failed')],
    [
      'an answer that breaks off',
      async () => new Response(new ReadableStream({ pull: (c) => c.error(new Error('cut')) })),
    ],
    ['a throttling gateway', json(429, '{"message":"Too Many Requests"}')],
    ['a gateway without a function', json(503, '{"message":"Service Unavailable"}')],
    ['a gateway with a broken function', json(500, '{"message":"Internal Server Error"}')],
    ['a page in HTML', json(502, '<html>Bad gateway</html>')],
    ['a page in HTML that passes for success', json(200, '<html>Sign in to this network</html>')],
    ['an answer that is cut short', json(200, '{"status":"action-succ')],
    ['nothing', json(200, '')],
    ['null', json(200, 'null')],
  ])('What met %s is sent again', async (_, step) => {
    const api = new ScriptedApi([step, step, done]);
    await expect(api.client.orders.create(order)).resolves.toMatchObject({ status: 'action-successful' });
    expect(new Set(api.keys).size).toBe(1);
    expect(api.sent).toHaveLength(3);
  });

  it.each([400, 403, 404, 413, 431])(
    'What the gateway itself refuses with HTTP %i is not sent again',
    async (http) => {
      const api = new ScriptedApi([json(http, '{"message":"No."}')]);
      const error = await rejection(api.client.orders.create(order));
      expect(error).toBeInstanceOf(NoAnswerError);
      expect(error).toMatchObject({
        reason: 'gateway',
        http,
        message: 'No.',
        said: 'No.',
        requestId: 'gw-1',
        idempotencyKey: api.keys[0],
      });
      expect(api.sent).toHaveLength(1);
    },
  );

  it('What the API says is told apart from what a gateway says: a message beside a status that is none is nobody’s', async () => {
    const api = new ScriptedApi([json(400, '{"status":null,"message":"Done."}')]);
    expect(await rejection(api.client.orders.list())).toMatchObject({
      said: undefined,
      message: 'What came is no answer of the API.',
    });
  });
});

describe('the pauses', () => {
  const crash = enveloped('application-crash', { http: 500 });

  it('The pauses between tries double from try to try up to ten seconds, and are anything from nothing to that', async () => {
    const api = new ScriptedApi([crash], { retries: 8, budgetMs: 1e6 }, () => 1);
    await rejection(api.client.orders.create(order));
    expect(api.pauses).toEqual([200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000]);
    const short = new ScriptedApi([crash], {}, () => 0);
    await rejection(short.client.orders.create(order));
    expect(short.pauses).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('The pauses between tries are no shorter than retry-after, in seconds or as a date', async () => {
    const busy = (value: string) =>
      new Response('{"message":"Slow down"}', { status: 429, headers: { 'retry-after': value } });
    const inTen = new Date(Date.now() + 10_000).toUTCString();
    const api = new ScriptedApi([busy('30'), busy(inTen), busy('soon'), done], {}, () => 0.5);
    await api.client.orders.create(order);
    expect(api.pauses[0]).toBe(30_100);
    expect(api.pauses[1]).toBeGreaterThan(8_000);
    expect(api.pauses[1]).toBeLessThan(10_500);
    expect(api.pauses[2]).toBe(400);
  });

  it('The pauses between tries do not begin when they would end after the budget: what was said is thrown at once', async () => {
    const headers = { 'retry-after': '900' };
    const api = new ScriptedApi([enveloped('too-many-attempts', { http: 429, headers })]);
    const error = await rejection(api.client.sessions.create({ email: 'ada@example.com', password: 'x' }));
    expect(error).toBeInstanceOf(PlanoError);
    expect(error).toMatchObject({
      status: 'too-many-attempts',
      retryAfter: 900,
      http: 429,
      requestId: 'r-1',
    });
    expect([api.sent.length, api.pauses]).toEqual([1, []]);
  });
});

describe('an end', () => {
  const hanging: Step = ({ signal }) =>
    new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));

  it('An end comes to a try that takes too long, and then to the call', async () => {
    const endless = new ScriptedApi([done], {
      timeoutMs: Number.POSITIVE_INFINITY,
      budgetMs: Number.POSITIVE_INFINITY,
    });
    await endless.client.orders.list();
    expect(endless.sent).toHaveLength(1);
    const api = new ScriptedApi([hanging], { timeoutMs: 5, retries: 2 });
    expect(await rejection(api.client.orders.list())).toMatchObject({
      name: 'NoAnswerError',
      reason: 'timeout',
    });
    expect(api.sent).toHaveLength(3);
  });

  it('An end comes to an answer that stops in the middle, also where fetch has lost the signal', async () => {
    let cancelled = 0;
    const stops: Step = async () =>
      new Response(
        new ReadableStream({
          start: (body) => body.enqueue(new TextEncoder().encode('{')),
          cancel: () => {
            cancelled += 1;
          },
        }),
      );
    const api = new ScriptedApi([stops], { timeoutMs: 5, retries: 2 });
    expect(await rejection(api.client.orders.list())).toMatchObject({
      name: 'NoAnswerError',
      reason: 'timeout',
    });
    const abort = new AbortController();
    const call = rejection(new ScriptedApi([stops]).client.orders.list({}, { signal: abort.signal }));
    setImmediate(() => abort.abort('enough'));
    expect(await call).toBe('enough');
    expect(cancelled).toBe(4);
  });

  it('An end comes by a signal while an answer is waited for, in a pause, and before anything is sent', async () => {
    const waiting = new ScriptedApi([hanging]);
    const abort = new AbortController();
    const call = rejection(waiting.client.orders.create(order, { signal: abort.signal }));
    abort.abort('enough');
    expect(await call).toBe('enough');

    const paused = new AbortController();
    const crashing = new ScriptedApi([
      async () => {
        paused.abort('enough');
        return enveloped('application-crash', { http: 500 });
      },
    ]);
    expect(await rejection(crashing.client.orders.create(order, { signal: paused.signal }))).toBe('enough');
    expect(crashing.sent).toHaveLength(1);

    const unsent = new ScriptedApi([done]);
    expect(await rejection(unsent.client.orders.list({}, { signal: AbortSignal.abort('enough') }))).toBe(
      'enough',
    );
    expect(unsent.sent).toHaveLength(0);
  });

  it('An end comes to a real pause at once', async () => {
    const { platformClock } = await import('../../client/src/options.ts');
    const abort = new AbortController();
    const sleeping = rejection(platformClock.sleep(60_000, abort.signal));
    abort.abort('enough');
    expect(await sleeping).toBe('enough');
    expect(await rejection(platformClock.sleep(60_000, AbortSignal.abort('before')))).toBe('before');
    await platformClock.sleep(1);
  });
});
