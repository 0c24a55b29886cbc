import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { connectQueue, emailIdOf, messagesWaiting, queueEmails } from '../../functions/outbox/email-queue.ts';
import { type LoopbackReply, type LoopbackServer, serveLoopback } from '../../infra/local/loopback.ts';
import { md5 } from '../../infra/local/queue.ts';
import { farDeadline } from '../support/far-deadline.ts';

const URL = 'https://sqs.local.amazonaws.com/000000000000/due';

/** SQS, which takes of each batch all but those ids, or answers what is given. */
let refused: string[];
let given: LoopbackReply | undefined;
let bodies: string[];
let server: LoopbackServer;
beforeAll(async () => {
  server = await serveLoopback(({ body }) => {
    if (given !== undefined) return given;
    const entries: { Id: string; MessageBody: string }[] = JSON.parse(body).Entries;
    const taken = entries.filter(({ Id }) => !refused.includes(Id));
    bodies.push(...taken.map(({ MessageBody }) => MessageBody));
    const Successful = taken.map(({ Id, MessageBody }) => ({
      Id,
      MessageId: Id,
      MD5OfMessageBody: md5(MessageBody),
    }));
    const Failed = refused.map((Id) => ({ Id, SenderFault: false, Code: 'InternalError' }));
    return { status: 200, headers: {}, body: JSON.stringify({ Successful, Failed }) };
  });
});
afterAll(() => server.close());
beforeEach(() => {
  refused = [];
  given = undefined;
  bodies = [];
  vi.stubEnv('AWS_ENDPOINT_URL_SQS', server.url);
  vi.stubEnv('AWS_REGION', 'local');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
});

const queue = (...ids: number[]) => queueEmails(connectQueue(), URL, ids, farDeadline());

describe('e-mails that are queued', () => {
  it('E-mails that are queued are told by their messages', async () => {
    expect(await queue(1, 2 ** 48 - 2)).toBe(2);
    expect(bodies.map(emailIdOf)).toEqual([1, 2 ** 48 - 2]);
  });

  it('E-mails that are queued are counted when the queue takes only some of them', async () => {
    refused = ['2'];
    expect(await queue(1, 2, 3)).toBe(2);
    expect(bodies.map(emailIdOf)).toEqual([1, 3]);
  });

  it('No e-mail counts as queued when the queue takes none at all', async () => {
    const body = JSON.stringify({ __type: 'com.amazonaws.sqs#QueueDoesNotExist', message: 'No.' });
    given = { status: 400, headers: {}, body };
    await expect(queue(1)).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
  });
});

it('A queue tells how many messages wait in it', async () => {
  const answering = (body: object) => {
    given = { status: 200, headers: {}, body: JSON.stringify(body) };
    return messagesWaiting(connectQueue(), URL, farDeadline());
  };
  expect(await answering({ Attributes: { ApproximateNumberOfMessages: '1234' } })).toBe(1_234);
  expect(await answering({})).toBe(0);
});

it.each(['', 'null', '{}', '{"email_id":"1"}', '{"email_id":-1}'])('A message %j is none of ours', (body) => {
  expect(() => emailIdOf(body)).toThrow();
});
