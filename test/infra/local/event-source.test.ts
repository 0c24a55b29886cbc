import type { SQSEvent } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type EventSource, startEventSource } from '../../../infra/local/event-source.ts';
import type { InvocationResult } from '../../../infra/local/functions.ts';
import { LocalQueue } from '../../../infra/local/queue.ts';

const VISIBILITY_MS = 30_000;

let dead: LocalQueue;
let queue: LocalQueue;
/** The events that the function got, and what it answers to each. */
let events: SQSEvent[];
let answer: (event: SQSEvent) => InvocationResult | Promise<InvocationResult>;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
  const visibilityTimeoutSeconds = VISIBILITY_MS / 1_000;
  dead = new LocalQueue({ visibilityTimeoutSeconds, redrive: undefined });
  const redrive = { deadLetterArn: 'arn:dead', maxReceiveCount: 3 };
  queue = new LocalQueue({ visibilityTimeoutSeconds, redrive }, dead);
  events = [];
  answer = () => ({ ok: true, payload: null });
});

afterEach(() => void vi.useRealTimers());

const start = ({ batchSize = 10, batchesAtOnce = 2, reportsFailures = true } = {}): EventSource =>
  startEventSource(
    { queueArn: 'arn:due', function: 'send', batchSize, batchesAtOnce, reportsFailures },
    queue,
    async (_name, payload) => {
      events.push(payload as SQSEvent);
      return answer(payload as SQSEvent);
    },
  );
/** Waits until what can be received has been, then until what failed comes again, so many times. */
const untilReceived = async (source: EventSource, times: number): Promise<void> => {
  for (let time = 1; time < times; time += 1) {
    await source.idle();
    vi.advanceTimersByTime(VISIBILITY_MS);
  }
  await source.idle();
};
const bodies = ({ Records }: SQSEvent) => Records.map(({ body }) => body);

it('The function gets each message of a queue once, as Lambda gives it', async () => {
  const source = start();
  const messageId = queue.send('one');
  await source.idle();
  expect(events).toHaveLength(1);
  expect(events[0]?.Records).toMatchObject([
    {
      messageId,
      body: 'one',
      md5OfBody: 'f97c5d29941bfb1b2fdab0874906ab82',
      attributes: { ApproximateReceiveCount: '1', SentTimestamp: expect.stringMatching(/^\d{13}$/) },
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:due',
    },
  ]);
  expect(queue.bodies).toEqual([]);
});

it('Messages that wait come in batches, of which no more than two are under way at once', async () => {
  for (let number = 1; number <= 25; number += 1) queue.send(String(number));
  let underWay = 0;
  let most = 0;
  answer = async () => {
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise(setImmediate);
    underWay -= 1;
    return { ok: true, payload: { batchItemFailures: [] } };
  };
  await start({ batchSize: 10, batchesAtOnce: 2 }).idle();
  expect(events.map((event) => bodies(event).length).toSorted()).toEqual([10, 10, 5]);
  expect(most).toBe(2);
});

describe('a message that fails', () => {
  const failing =
    (...failed: string[]) =>
    ({ Records }: SQSEvent): InvocationResult => ({
      ok: true,
      payload: {
        batchItemFailures: Records.filter(({ body }) => failed.includes(body)).map(({ messageId }) => ({
          itemIdentifier: messageId,
        })),
      },
    });

  it('A message that fails comes three times and is then set aside; the others of its batch come once', async () => {
    queue.send('good');
    queue.send('bad');
    answer = failing('bad');
    const source = start();
    await untilReceived(source, 3);
    expect(events.map(bodies)).toEqual([['good', 'bad'], ['bad'], ['bad']]);
    expect(dead.bodies).toEqual([]);
    await untilReceived(source, 2);
    expect(events).toHaveLength(3);
    expect(dead.bodies).toEqual(['bad']);
    expect(queue.bodies).toEqual([]);
  });

  it('A message that failed once is done with if it does not fail again', async () => {
    queue.send('one');
    answer = (event) => (events.length === 1 ? failing('one')(event) : { ok: true, payload: null });
    await untilReceived(start(), 4);
    expect(events).toHaveLength(2);
    expect(dead.bodies).toEqual([]);
  });

  it.each<[string, InvocationResult]>([
    ['fails', { ok: false, error: { errorType: 'Error', errorMessage: 'broken' } }],
    [
      'answers what is not understood',
      { ok: true, payload: { batchItemFailures: [{ itemIdentifier: '' }] } },
    ],
    ['names another message', { ok: true, payload: { batchItemFailures: [{ itemIdentifier: 'm-1' }] } }],
  ])('Each message of a batch fails when the function %s', async (_, outcome) => {
    queue.send('one');
    queue.send('two');
    answer = () => outcome;
    await untilReceived(start(), 4);
    expect(dead.bodies.toSorted()).toEqual(['one', 'two']);
  });

  it('No message fails when the function does not report failures, and answers at all', async () => {
    queue.send('one');
    answer = failing('one');
    await untilReceived(start({ reportsFailures: false }), 2);
    expect(events).toHaveLength(1);
    expect(queue.bodies).toEqual([]);
  });
});

it('The function gets no message any more once the source is closed', async () => {
  const source = start();
  source.close();
  queue.send('one');
  await source.idle();
  expect(events).toEqual([]);
  expect(queue.bodies).toEqual(['one']);
});
