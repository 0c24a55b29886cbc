import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LocalQueue } from '../../../infra/local/queue.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const aQueue = (deadLetters?: LocalQueue, maxReceiveCount = 3) => {
  const redrive = deadLetters && { deadLetterArn: 'arn:dead', maxReceiveCount };
  return new LocalQueue({ visibilityTimeoutSeconds: 30, redrive }, deadLetters);
};
const receiveAll = (queue: LocalQueue) => queue.receive(100).map(({ body }) => body);

describe('a message', () => {
  it('Messages are received, the oldest first, and as many as are wanted', () => {
    const queue = aQueue();
    for (const body of ['one', 'two', 'three']) queue.send(body);
    const sentAt = Date.now();
    vi.advanceTimersByTime(5);
    expect(queue.receive(2)).toMatchObject([
      { body: 'one', receiveCount: 1, sentAt, firstReceivedAt: sentAt + 5 },
      { body: 'two', receiveCount: 1 },
    ]);
    expect(receiveAll(queue)).toEqual(['three']);
  });

  it('A message that was received is nobody else’s until the visibility time-out', () => {
    const queue = aQueue();
    queue.send('one');
    expect(queue.untilVisible()).toBe(0);
    const [first] = queue.receive(1);
    vi.advanceTimersByTime(29_999);
    expect(queue.receive(1)).toEqual([]);
    expect(queue.untilVisible()).toBe(1);
    vi.advanceTimersByTime(1);
    const [second] = queue.receive(1);
    expect(second).toMatchObject({ messageId: first?.messageId, receiveCount: 2 });
    expect(second?.firstReceivedAt).toBe(first?.firstReceivedAt);
    expect(second?.receiptHandle).not.toBe(first?.receiptHandle);
  });

  it('A message that was deleted does not come again, unless another has received it since', () => {
    const queue = aQueue();
    queue.send('one');
    const [late] = queue.receive(1);
    vi.advanceTimersByTime(30_000);
    const [current] = queue.receive(1);
    if (late) queue.delete(late);
    expect(queue.bodies).toEqual(['one']);
    if (current) queue.delete(current);
    expect(queue.bodies).toEqual([]);
    expect(queue.untilVisible()).toBeUndefined();
  });

  it('A message that was received as often as is allowed goes to the dead letter queue', () => {
    const dead = aQueue();
    const queue = aQueue(dead);
    queue.send('bad');
    for (let receive = 0; receive < 3; receive += 1) {
      expect(receiveAll(queue)).toEqual(['bad']);
      vi.advanceTimersByTime(30_000);
    }
    expect(dead.bodies).toEqual([]);
    expect(receiveAll(queue)).toEqual([]);
    expect(queue.bodies).toEqual([]);
    expect(dead.receive(1)).toMatchObject([{ body: 'bad', receiveCount: 1 }]);
  });

  it('A message that comes is told of', () => {
    const queue = aQueue();
    const arrived = vi.fn();
    queue.onArrival(arrived);
    queue.send('one');
    expect(arrived).toHaveBeenCalledOnce();
  });
});
