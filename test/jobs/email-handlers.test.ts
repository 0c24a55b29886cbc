import type { SQSEvent } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { rowOfClient } from '../../functions/clients/clients.ts';
import { handler as findDue } from '../../functions/jobs/find-due-emails/handler.ts';
import { handler as send } from '../../functions/jobs/send-due-emails/handler.ts';
import type { Email } from '../../functions/outbox/email.ts';
import { savedEmail } from '../../functions/outbox/outbox.ts';
import { randomId } from '../../functions/table/ids.ts';
import { startMandrill } from '../../infra/local/mandrill.ts';
import { startParameters } from '../../infra/local/parameters.ts';
import { type LocalQueues, startQueues } from '../../infra/local/queues.ts';
import { anEmail } from '../support/emails.ts';
import { aContext } from '../support/events.ts';
import { Output } from '../support/output.ts';
import { answerLost, internalError } from '../support/wire.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();
const output = new Output();
const QUEUE = { name: 'due', arn: 'arn:due', visibilityTimeoutSeconds: 30, redrive: undefined };

let mandrill: Awaited<ReturnType<typeof startMandrill>>;
let parameters: Awaited<ReturnType<typeof startParameters>>;
let queues: LocalQueues;
beforeAll(async () => {
  mandrill = await startMandrill({ key: 'md-secret-key' });
  parameters = await startParameters({ 'mandrill-key': 'md-secret-key' });
  queues = await startQueues([QUEUE]);
});
afterAll(() => Promise.all([mandrill.close(), parameters.close(), queues.close()]));
beforeEach(async () => {
  await db.clear();
  const environment = {
    AWS_ENDPOINT_URL_SSM: parameters.endpoint,
    AWS_ENDPOINT_URL_SQS: queues.endpoint,
    EMAIL_QUEUE_URL: 'https://sqs.local.amazonaws.com/000000000000/due',
    MANDRILL_KEY_PARAMETER: 'mandrill-key',
    MANDRILL_URL: mandrill.apiUrl,
    EMAIL_FROM: 'orders@example.com',
    EMAIL_FROM_NAME: 'Plano',
    MANDRILL_PATIENCE_MS: '5000',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
});

/** Saves an e-mail whose request died so many minutes ago; of another kind than usual it is to an address that nobody has verified. */
const saved = async (minutes: number, address = 'bob@example.com', given: Partial<Email> = {}) => {
  const client_id = randomId();
  const email_verified = given.kind === undefined;
  await db.put(rowOfClient({ client_id, user_id: randomId(), name: 'Bob', email: address, email_verified }));
  const at = new Date(Date.now() - minutes * 60_000);
  const email = anEmail({ client_id, created_at: at.toISOString(), ...given });
  await db.open().transact([savedEmail(email, at)]);
  return email;
};
const stored = async ({ email_id }: { email_id: number }) => (await db.rows(`EMAIL#${email_id}`))[0];
/** The messages that are in the queue, which thereby leave it. */
const queuedIds = () =>
  queues
    .queue(QUEUE.arn)
    .receive(1_000)
    .map((message) => {
      queues.queue(QUEUE.arn).delete(message);
      return JSON.parse(message.body).email_id;
    });

describe('the function that finds what is due', () => {
  const run = () => findDue({} as never, aContext());

  it('The job that finds what is due queues it, and tells of it in its log and metrics', async () => {
    const due = await Promise.all(Array.from({ length: 12 }, () => saved(11)));
    await saved(0);
    expect(await run()).toEqual({
      due: 12,
      queued: 12,
      waiting: 0,
      away: undefined,
      unsent: 13,
      parked: 0,
      oldest_due_at: expect.any(String),
      complete: true,
    });
    expect(queuedIds().toSorted()).toEqual(due.map(({ email_id }) => email_id).toSorted());
    expect(output.log).toMatchObject([{ level: 'INFO', message: 'find-due', due: 12, unsent: 13 }]);
    const [metrics] = output.metrics;
    expect(metrics).toMatchObject({ service: 'emails', EmailsDue: 12, EmailsUnsent: 13, EmailsParked: 0 });
    // Due for ten minutes, since the lease was for one; a slow machine makes it more.
    expect(metrics.OldestDueAge).toBeGreaterThanOrEqual(600);
    expect(metrics._aws.CloudWatchMetrics[0]).toMatchObject({
      Namespace: 'PlanoOrders/test',
      Dimensions: [['service']],
    });
  });

  it('The job that finds what is due queues nothing while its messages wait, and few while Mandrill is away', async () => {
    await Promise.all(Array.from({ length: 25 }, () => saved(11)));
    expect(await run()).toMatchObject({ due: 25, queued: 25 });
    expect(await run()).toMatchObject({ due: 25, queued: 0, waiting: 25 });
    expect(queuedIds()).toHaveLength(25);
    const why = { kind: 'timeout', cause: 'no answer in time' };
    await db.put({ pk: 'CIRCUIT', sk: 'MANDRILL', ...why, ask_at: new Date().toISOString() });
    expect(await run()).toMatchObject({ due: 25, queued: 10, away: 'timeout: no answer in time' });
    expect(queuedIds()).toHaveLength(10);
  });

  it('The job that finds what is due says that nothing is old when nothing is due', async () => {
    await saved(0);
    await run();
    expect(output.metrics).toMatchObject([{ EmailsDue: 0, EmailsUnsent: 1, OldestDueAge: 0 }]);
  });

  it('The job that finds what is due has no metrics, which cost, while every e-mail was sent', async () => {
    await run();
    expect(output.log).toMatchObject([{ level: 'INFO', due: 0, unsent: 0, parked: 0 }]);
    expect(output.metrics).toEqual([]);
  });

  it('The job that finds what is due fails when the queue does, once it has told of it', async () => {
    await saved(11);
    vi.stubEnv('EMAIL_QUEUE_URL', 'https://sqs.local.amazonaws.com/000000000000/other');
    await expect(run()).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
    expect(output.log).toMatchObject([
      { level: 'ERROR', due: 1, queued: 0, complete: false, faults: [{ name: 'QueueDoesNotExist' }] },
    ]);
    expect(output.metrics).toMatchObject([{ EmailsDue: 1 }]);
    expect(await db.rows('NOTIFICATION')).toMatchObject([
      { sk: 'application-crash#find-due-emails: QueueDoesNotExist', last_request_id: 'function-request' },
    ]);
  });
});

describe('the function that sends what is queued', () => {
  const message = (body: string, messageId: string) => ({ messageId, body });
  const about = ({ email_id }: { email_id: number }) =>
    message(JSON.stringify({ email_id }), `m-${email_id}`);
  const handle = (...Records: ReturnType<typeof message>[]) => send({ Records } as SQSEvent, aContext());

  it('The function that sends what is queued sends each e-mail, and tells of it in its log and metrics', async () => {
    const emails = await Promise.all([saved(2), saved(2)]);
    expect(await handle(...emails.map(about))).toEqual({ batchItemFailures: [] });
    for (const email of emails) expect(await stored(email)).toMatchObject({ state: 'sent', attempts: 2 });
    expect(output.log).toMatchObject([
      { level: 'INFO', message: 'send', messages: 2, refused: [], undone: [] },
    ]);
    expect(output.log[0].sent.toSorted()).toEqual(emails.map(({ email_id }) => email_id).toSorted());
    expect(output.metrics).toMatchObject([{ service: 'emails', EmailsSent: 2 }]);
  });

  it('The function that sends what is queued sends each once when four have the same messages at once', async () => {
    const emails = await Promise.all(Array.from({ length: 10 }, () => saved(2)));
    const before = mandrill.messages().length;
    const retries = await Promise.all([1, 2, 3, 4].map(() => handle(...emails.map(about))));
    expect(retries.flatMap(({ batchItemFailures }) => batchItemFailures)).toEqual([]);
    expect(mandrill.messages().length - before).toBe(10);
    for (const email of emails) expect(await stored(email)).toMatchObject({ state: 'sent', attempts: 2 });
  });

  it('The function that sends what is queued parks an e-mail without an outcome for a day, and says so', async () => {
    const email = await saved(26 * 60);
    const before = mandrill.messages().length;
    expect(await handle(about(email))).toEqual({ batchItemFailures: [] });
    expect(mandrill.messages()).toHaveLength(before);
    expect(await stored(email)).toMatchObject({ state: 'parked', last_failure: { kind: 'our-side' } });
    expect(
      await db.row({ pk: 'NOTIFICATION', sk: 'email-parked#our-side: no outcome in 24 hours' }),
    ).toBeDefined();
  });

  it('The function that sends what is queued tells of a parked e-mail also when the table’s answer is lost', async () => {
    const email = await saved(2, 'rejected@example.com');
    db.wire.fail('TransactWriteItems', answerLost);
    await handle(about(email));
    expect(await stored(email)).toMatchObject({ state: 'parked' });
    expect(await db.row({ pk: 'NOTIFICATION', sk: 'email-parked#rejected: hard-bounce' })).toMatchObject({
      occurrences: 1,
      last_email_id: email.email_id,
    });
  });

  it('The function that sends what is queued tells nobody of a stranger’s address that takes no mail, but the log', async () => {
    const email = await saved(2, 'rejected@example.com', { kind: 'reset-password' });
    expect(await handle(about(email))).toEqual({ batchItemFailures: [] });
    expect(await stored(email)).toMatchObject({ state: 'discarded' });
    expect(await db.rows('NOTIFICATION')).toEqual([]);
    expect(output.log).toMatchObject([{ refused: [{ email_id: email.email_id, cause: 'hard-bounce' }] }]);
    expect(output.metrics).toEqual([]);
  });

  it('The function that sends what is queued is done with what Mandrill refuses: its pause is in the outbox', async () => {
    const email = await saved(2, 'fault@example.com');
    expect(await handle(about(email))).toEqual({ batchItemFailures: [] });
    expect(await stored(email)).toMatchObject({ state: 'unsent', attempts: 2 });
    expect(output.log).toMatchObject([
      {
        level: 'WARN',
        refused: [{ email_id: email.email_id, kind: 'mandrill-error', cause: 'GeneralError' }],
      },
    ]);
    expect(output.metrics).toMatchObject([{ EmailsFailed: 1 }]);
  });

  it('The function that sends what is queued sends nothing that is not due, was sent, or is not there', async () => {
    const [leased, done] = [await saved(0), await saved(2)];
    await handle(about(done));
    const before = mandrill.messages().length;
    expect(await handle(about(leased), about(done), about(anEmail()))).toEqual({ batchItemFailures: [] });
    expect(mandrill.messages()).toHaveLength(before);
    expect(output.metrics).toHaveLength(1);
  });

  it('The function that sends what is queued answers the messages that it cannot do, and sends the others', async () => {
    const good = await saved(2);
    const response = await handle(about(good), message('no JSON', 'm-0'), message('{}', 'm-1'));
    const ids = response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    expect(ids.toSorted()).toEqual(['m-0', 'm-1']);
    expect(await stored(good)).toMatchObject({ state: 'sent' });
    expect(output.log).toMatchObject([
      {
        level: 'ERROR',
        sent: [good.email_id],
        undone: [{ message_id: 'm-0' }, { message_id: 'm-1' }],
      },
    ]);
    expect(output.log[0].faults).toHaveLength(2);
    const told = (await db.rows('NOTIFICATION')).map(({ sk, occurrences }) => [sk, occurrences]);
    expect(told.toSorted()).toEqual([
      ['application-crash#send-due-emails: SyntaxError', 1],
      ['application-crash#send-due-emails: _ZodError', 1],
    ]);
  });

  it('An e-mail that is queued and cannot be read is parked for an operator, and told once', async () => {
    const [good, bad] = [await saved(2), await saved(2)];
    await db.put({ ...(await stored(bad)), subject: 7 });
    expect(await handle(about(good), about(bad))).toEqual({ batchItemFailures: [] });
    expect(await handle(about(bad))).toEqual({ batchItemFailures: [] });
    expect(await stored(good)).toMatchObject({ state: 'sent' });
    expect(await stored(bad)).toMatchObject({ state: 'parked', unsent: 'PARKED', subject: 7 });
    const row = `EMAIL#${bad.email_id} EMAIL`;
    expect(await db.rows('NOTIFICATION')).toMatchObject([
      { sk: 'unreadable-row#EMAIL EMAIL: subject', occurrences: 1, unreadable_rows: new Set([row]) },
    ]);
    // It is not found due any more.
    expect(await findDue({} as never, aContext())).toMatchObject({ due: 0, parked: 1 });
    expect(output.metrics.some((metrics) => 'ApplicationCrashes' in metrics)).toBe(false);
  });

  it('The function that sends what is queued answers all messages when the table fails', async () => {
    const email = await saved(2);
    db.wire.fail('UpdateItem', internalError, Number.POSITIVE_INFINITY);
    expect(await handle(about(email))).toEqual({
      batchItemFailures: [{ itemIdentifier: `m-${email.email_id}` }],
    });
    const undone = [{ message_id: `m-${email.email_id}`, email_id: email.email_id }];
    expect(output.log).toMatchObject([{ level: 'ERROR', undone }]);
    const [metrics, ...more] = output.metrics;
    expect(metrics).toMatchObject({ service: 'emails', ApplicationCrashes: expect.any(Number) });
    expect(metrics).not.toHaveProperty('EmailsSent');
    expect(more).toEqual([]);
  });
});
