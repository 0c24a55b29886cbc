import type { Delivery, DeliveryFailure } from '../../outbox/delivery.ts';
import { emailIdOf } from '../../outbox/email-queue.ts';
import type { SavedEmail } from '../../outbox/outbox-row.ts';

/** What sending queued e-mails needs of the world. */
export interface Dependencies {
  /** Takes an e-mail that is due, under a lease; undefined when there is nothing to send, or somebody else has it. */
  take(email_id: number): Promise<SavedEmail | undefined>;
  /** Sends an e-mail and records what became of it. */
  deliver(email: SavedEmail): Promise<Delivery>;
  /** Hears of what went wrong on our side. */
  report(fault: unknown): void;
}

/** A message of the queue. */
interface Message {
  messageId: string;
  body: string;
}

/** What became of a batch of messages; those of no e-mail that was to be sent are in none of the lists. */
export interface Batch {
  sent: number[];
  /** What is not to be sent at all. */
  withheld: number[];
  /** What Mandrill did not take. Its next try is in the outbox, so its message is done with. */
  refused: (DeliveryFailure & { email_id: number })[];
  /** The messages that could not be dealt with, and have to come again; those that are none of ours are about no e-mail. */
  undone: { message_id: string; email_id: number | undefined }[];
}

/** Sends the e-mails of a batch of messages, all at once. */
export const sendBatch = async (
  messages: readonly Message[],
  { take, deliver, report }: Dependencies,
): Promise<Batch> => {
  const batch: Batch = { sent: [], withheld: [], refused: [], undone: [] };
  const send = async (email_id: number): Promise<void> => {
    const email = await take(email_id);
    if (email === undefined) return;
    const delivery = await deliver(email);
    if (delivery.sent) batch.sent.push(email_id);
    else if (delivery.withheld) batch.withheld.push(email_id);
    else batch.refused.push({ email_id, ...delivery.failure });
  };
  const dealWith = async ({ messageId, body }: Message): Promise<void> => {
    let email_id: number | undefined;
    try {
      email_id = emailIdOf(body);
      await send(email_id);
    } catch (fault) {
      report(fault);
      batch.undone.push({ message_id: messageId, email_id });
    }
  };
  await Promise.all(messages.map(dealWith));
  return batch;
};
