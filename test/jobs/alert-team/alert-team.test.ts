import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { handler } from '../../../functions/jobs/alert-team/handler.ts';
import { type LoopbackServer, serveLoopback } from '../../../infra/local/loopback.ts';
import { type Published, startTopics } from '../../../infra/local/topics.ts';
import { occur } from '../../support/behind.ts';
import { aContext } from '../../support/events.ts';
import { Output } from '../../support/output.ts';
import { type Fault, internalError } from '../../support/wire.ts';
import { WiredTable } from '../../support/wired-table.ts';

const db = new WiredTable();
const output = new Output();
const ARN = 'arn:aws:sns:us-east-1:000000000000:pages';
const published: Published[] = [];
let topics: Awaited<ReturnType<typeof startTopics>>;
beforeAll(async () => {
  topics = await startTopics([ARN], (each) => published.push(each));
});
afterAll(() => topics.close());
beforeEach(async () => {
  await db.clear();
  published.length = 0;
  vi.stubEnv('AWS_ENDPOINT_URL_SNS', topics.endpoint);
  vi.stubEnv('ALERT_TOPIC_ARN', ARN);
  vi.stubEnv('HEARTBEAT_URL', '');
  vi.stubEnv('RUNBOOK', 'https://wiki.example/runbook');
});

const run = () => handler({} as never, aContext());
/** How many alerts have quoted a cause. */
const alertsFor = (cause: string): number =>
  published.filter(({ message }) => message.includes(cause)).length;

it('People are alerted once for each notification that opens, however often it occurs', async () => {
  const [one, other] = [await occur(db.open()), await occur(db.open(), { kind: 'email-parked' })];
  const { alerted } = await run();
  expect(alerted).toHaveLength(2);
  await Promise.all(Array.from({ length: 20 }, () => occur(db.open(), { cause: one.cause })));
  expect(await run()).toEqual({ alerted: [] });
  expect([one, other].map(({ cause }) => alertsFor(cause))).toEqual([1, 1]);
  expect(published[0]).toMatchObject({
    topicArn: ARN,
    subject: expect.stringMatching(/^Plano Orders \(test\)/),
  });
  expect(output.log).toMatchObject([
    { level: 'INFO', message: 'alert', alerted },
    { level: 'INFO', message: 'alert', alerted: [] },
  ]);
});

it('Of many runs at once, one alerts people', async () => {
  const { cause } = await occur(db.open());
  await Promise.all(Array.from({ length: 5 }, run));
  expect(alertsFor(cause)).toBe(1);
});

it('People are alerted again, an hour later, for what goes on, and told how often it has occurred since', async () => {
  const { cause } = await occur(db.open());
  await run();
  await occur(db.open(), { cause }, new Date(Date.now() + 1_000));
  vi.useFakeTimers({ now: Date.now() + 3_601_000, toFake: ['Date'] });
  try {
    await run();
  } finally {
    vi.useRealTimers();
  }
  expect(alertsFor(cause)).toBe(2);
  expect(published[1]?.message).toMatch(/You were alerted before, on .*; it has occurred once since\./);
});

describe('what is told outside', () => {
  let heard: string[];
  let outside: LoopbackServer;
  beforeEach(async () => {
    heard = [];
    outside = await serveLoopback(({ method, path }) => {
      heard.push(`${method} ${path}`);
      return { status: 200, headers: {}, body: 'OK' };
    });
    vi.stubEnv('HEARTBEAT_URL', `${outside.url}/secret-key`);
  });
  afterEach(() => outside.close());

  it('A run that goes well is told outside, also when nobody was to be alerted', async () => {
    await run();
    expect(heard).toEqual(['GET /secret-key']);
    expect(output.log).toMatchObject([{ level: 'INFO' }]);
    expect(output.log[0]).not.toHaveProperty('heartbeat_failed');
  });

  it('A run that fails is not told outside', async () => {
    vi.stubEnv('ALERT_TOPIC_ARN', `${ARN}-other`);
    await occur(db.open());
    await expect(run()).rejects.toThrow();
    expect(heard).toEqual([]);
  });

  it('A run goes well also when nobody outside hears of it, and its log says so without the address', async () => {
    await outside.close();
    expect(await run()).toEqual({ alerted: [] });
    expect(output.log).toMatchObject([{ level: 'WARN', heartbeat_failed: 'TypeError' }]);
    expect(output.text).not.toContain('secret-key');
    expect(await db.rows('NOTIFICATION')).toEqual([]);
  });
});

describe('a run that fails', () => {
  it('A run that fails says so and tells the team, and the next one alerts people', async () => {
    vi.stubEnv('ALERT_TOPIC_ARN', `${ARN}-other`);
    const { cause } = await occur(db.open());
    await expect(run()).rejects.toMatchObject({ name: 'NotFoundException' });
    expect(output.log).toMatchObject([{ level: 'ERROR', faults: [{ name: 'NotFoundException' }] }]);
    const ownCause = 'alert-team: NotFoundException';
    expect((await db.rows('NOTIFICATION')).map((row) => row.cause)).toContain(ownCause);

    vi.stubEnv('ALERT_TOPIC_ARN', ARN);
    vi.useFakeTimers({ now: Date.now() + 31_000, toFake: ['Date'] });
    try {
      await run();
    } finally {
      vi.useRealTimers();
    }
    expect([cause, ownCause].map(alertsFor)).toEqual([1, 1]);
  });

  it('A run that fails with one notification alerts people for the others', async () => {
    const [one, other] = [await occur(db.open()), await occur(db.open())];
    const failing: Fault = (request, forward) =>
      JSON.stringify(request.input.Key).includes(one.cause)
        ? internalError(request, forward)
        : forward(request.input);
    db.wire.fail('UpdateItem', failing, Number.POSITIVE_INFINITY);
    await expect(run()).rejects.toMatchObject({ cause: { name: 'InternalServerError' } });
    expect([one, other].map(({ cause }) => alertsFor(cause))).toEqual([0, 1]);
  });
});

it('A run that cannot read the notifications says so in its log, and fails', async () => {
  db.wire.fail('Query', internalError, Number.POSITIVE_INFINITY);
  await expect(run()).rejects.toMatchObject({ name: 'TableUnavailable' });
  expect(output.log).toMatchObject([
    {
      level: 'ERROR',
      alerted: [],
      faults: [{ name: 'TableUnavailable', cause: { name: 'InternalServerError' } }],
    },
  ]);
});

it('A notification that cannot be read alerts people once, and keeps nobody from being alerted for the others', async () => {
  const { cause } = await occur(db.open());
  await db.put({ pk: 'NOTIFICATION', sk: 'odd#1', state: 'open' });
  await run();
  expect(alertsFor(cause)).toBe(1);
  expect(output.log).toMatchObject([
    {
      level: 'ERROR',
      faults: [{ name: 'UnreadableRow', message: 'the row NOTIFICATION odd#1 cannot be read' }],
    },
  ]);
  await run();
  await run();
  expect(alertsFor('NOTIFICATION odd: notification_id')).toBe(1);
});

it('A notification of a kind that only a later release knows alerts people too', async () => {
  const { cause } = await occur(db.open(), { kind: 'webhook-failed' as never });
  await run();
  expect(alertsFor(cause)).toBe(1);
  expect(published[0]?.subject).toBe('Plano Orders (test): webhook-failed');
});
