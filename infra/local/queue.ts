import { createHash, randomUUID } from 'node:crypto';
import type { QueueDescription } from './template-events.ts';

/** A message as whoever receives it gets it; times in milliseconds since 1970. */
export interface ReceivedMessage {
  messageId: string;
  /** By which this receipt, and no other, deletes it. */
  receiptHandle: string;
  body: string;
  receiveCount: number;
  sentAt: number;
  firstReceivedAt: number;
}

interface StoredMessage {
  messageId: string;
  body: string;
  sentAt: number;
  firstReceivedAt: number;
  receiveCount: number;
  receiptHandle: string;
  /** Until then, one that was received is nobody else's. */
  visibleAt: number;
}

export const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/**
 * A standard queue of SQS in memory: what is received and not deleted comes again after the visibility time-out, and is
 * moved to the dead letter queue when it was received as often as the redrive policy says ("Amazon SQS visibility
 * timeout", "Using dead-letter queues in Amazon SQS").
 */
export class LocalQueue {
  readonly #visibilityMs: number;
  readonly #maxReceiveCount: number;
  readonly #deadLetters: LocalQueue | undefined;
  readonly #messages = new Map<string, StoredMessage>();
  #onArrival: () => void = () => {};

  constructor(
    { visibilityTimeoutSeconds, redrive }: Pick<QueueDescription, 'visibilityTimeoutSeconds' | 'redrive'>,
    deadLetters?: LocalQueue,
  ) {
    this.#visibilityMs = visibilityTimeoutSeconds * 1_000;
    this.#maxReceiveCount = redrive?.maxReceiveCount ?? Number.POSITIVE_INFINITY;
    this.#deadLetters = deadLetters;
  }

  /** The bodies of all messages, those that were received and not deleted included, the oldest first. */
  get bodies(): string[] {
    return [...this.#messages.values()].map(({ body }) => body);
  }

  /** How many messages can be received now. */
  get visible(): number {
    const now = Date.now();
    return [...this.#messages.values()].filter(({ visibleAt }) => visibleAt <= now).length;
  }

  /** Calls that function whenever a message has come. */
  onArrival(listener: () => void): void {
    this.#onArrival = listener;
  }

  /** @returns the message's id */
  send(body: string): string {
    const messageId = randomUUID();
    const now = Date.now();
    this.take({
      messageId,
      body,
      sentAt: now,
      firstReceivedAt: 0,
      receiveCount: 0,
      receiptHandle: '',
      visibleAt: now,
    });
    return messageId;
  }

  /** Receives messages that nobody else has, so many at most. */
  receive(most: number): ReceivedMessage[] {
    const now = Date.now();
    const received: ReceivedMessage[] = [];
    for (const message of this.#messages.values()) {
      if (received.length === most) break;
      if (message.visibleAt > now) continue;
      if (message.receiveCount >= this.#maxReceiveCount) {
        this.#messages.delete(message.messageId);
        this.#deadLetters?.take({ ...message, receiveCount: 0, visibleAt: now });
        continue;
      }
      message.receiveCount += 1;
      message.firstReceivedAt ||= now;
      message.receiptHandle = randomUUID();
      message.visibleAt = now + this.#visibilityMs;
      received.push({ ...message });
    }
    return received;
  }

  /** Deletes a message that was received. */
  delete({ messageId, receiptHandle }: ReceivedMessage): void {
    if (this.#messages.get(messageId)?.receiptHandle === receiptHandle) this.#messages.delete(messageId);
  }

  /** Deletes all messages. */
  clear(): void {
    this.#messages.clear();
  }

  /** Milliseconds until there is a message to receive; undefined when none comes by itself. */
  untilVisible(): number | undefined {
    const times = [...this.#messages.values()].map(({ visibleAt }) => visibleAt);
    return times.length === 0 ? undefined : Math.max(0, Math.min(...times) - Date.now());
  }

  /** Takes over a message, from a queue whose dead letter queue it is. */
  take(message: StoredMessage): void {
    this.#messages.set(message.messageId, message);
    this.#onArrival();
  }
}
