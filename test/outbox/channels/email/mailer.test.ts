import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { findClient, rowOfClient } from '../../../../functions/clients/clients.ts';
import type { Means } from '../../../../functions/outbox/channels/email/hand-over.ts';
import { mailerOf } from '../../../../functions/outbox/channels/email/mailer.ts';
import { Secret } from '../../../../functions/outbox/channels/email/secret.ts';
import { deliver } from '../../../../functions/outbox/deliver.ts';
import type { Email, EmailContent } from '../../../../functions/outbox/email.ts';
import { savedEmail } from '../../../../functions/outbox/outbox.ts';
import { randomId } from '../../../../functions/table/ids.ts';
import { type LoopbackServer, serveLoopback } from '../../../../infra/local/loopback.ts';
import { startMandrill } from '../../../../infra/local/mandrill.ts';
import { anEmail } from '../../../support/emails.ts';
import { farDeadline } from '../../../support/far-deadline.ts';
import { daysAgo, NOW } from '../../../support/sessions.ts';
import { internalError } from '../../../support/wire.ts';
import { WiredTable } from '../../../support/wired-table.ts';

const db = new WiredTable();
const KEY = 'md-secret-key';
const NOT_ALLOWED = { __type: 'AccessDeniedException' };

let mandrill: Awaited<ReturnType<typeof startMandrill>>;
let parameters: LoopbackServer;
/** What SSM answers: the key, an error by its name, or nothing at all. */
let secret: string | { __type: string } | undefined;
let asked: number;
/** A parameter that no test before has read. */
let keyName: string;

beforeAll(async () => {
  mandrill = await startMandrill({ key: KEY });
  parameters = await serveLoopback(() => {
    asked += 1;
    if (secret === undefined) return undefined;
    const headers = { 'content-type': 'application/x-amz-json-1.1' };
    return typeof secret === 'string'
      ? { status: 200, headers, body: JSON.stringify({ Parameter: { Value: secret } }) }
      : { status: 400, headers, body: JSON.stringify(secret) };
  });
});
afterAll(async () => {
  await parameters.close();
  await mandrill.close();
});
beforeEach(async () => {
  await db.clear();
  vi.stubEnv('AWS_ENDPOINT_URL_SSM', parameters.url);
  secret = KEY;
  asked = 0;
  keyName = randomUUID();
});
/** Time for so many milliseconds of sending, which leaves the time that is kept back for the records. */
const timeToSend = (milliseconds: number) => ({ ...farDeadline(), remaining: () => 4_000 + milliseconds });

/** A saved e-mail to a client with that address, or to one without a record. */
const saved = async (address?: string, given: Partial<Email> = {}) => {
  const client_id = randomId();
  if (address) await db.put(rowOfClient({ client_id, user_id: randomId(), name: 'Bob', email: address }));
  const email = anEmail({ client_id, ...given });
  await db.open().transact([savedEmail(email, NOW)]);
  return email;
};

/** What one invocation sends e-mails with; `faults` are those that it reports. */
const anInvocation = (
  deadline = farDeadline(),
  now = NOW,
  {
    environment = {},
    secretOf = async () => undefined,
  }: Partial<Pick<Means, 'environment' | 'secretOf'>> = {},
) => {
  const faults: unknown[] = [];
  const waits: number[] = [];
  const table = db.open(deadline);
  const mailer = mailerOf({
    table,
    recipientOf: async ({ client_id = 0 }) => findClient(table, client_id),
    secretOf,
    environment: {
      MANDRILL_KEY_PARAMETER: keyName,
      MANDRILL_URL: mandrill.apiUrl,
      EMAIL_FROM: 'orders@example.com',
      EMAIL_FROM_NAME: 'Plano',
      MANDRILL_PATIENCE_MS: '5000',
      ...environment,
    },
    deadline,
    now: () => now,
    report: (fault) => faults.push(fault),
    waited: (milliseconds) => waits.push(milliseconds),
  });
  return { mailer, faults, waits };
};
/** An instance that has read the key before. */
const knowKey = () => new Secret(keyName).value(farDeadline().signal);

const deliverWith = async (
  address: string | undefined,
  deadline = farDeadline(),
  given: Partial<Email> = {},
) => {
  const email = await saved(address, given);
  const { mailer, faults, waits } = anInvocation(deadline);
  const { sent } = await deliver(email, mailer);
  const [stored] = await db.rows(`EMAIL#${email.email_id}`);
  const notification = (cause: string) =>
    db.row({ pk: 'NOTIFICATION', sk: `mandrill-email-failed#${cause}` });
  return { email, faults, waits, sent, stored, notification };
};

it('An e-mail that is taken is recorded as sent', async () => {
  const { email, sent, stored, faults, waits } = await deliverWith('bob@example.com');
  expect(sent).toBe(true);
  expect(waits).toEqual([expect.any(Number)]);
  const [message] = mandrill.messages();
  expect(message).toMatchObject({
    to: [{ email: 'bob@example.com', name: 'Bob' }],
    subject: email.subject,
    text: email.text,
    html: email.html,
    tags: [email.kind],
    metadata: { email_id: email.email_id, order_id: email.order_id, request_id: email.request_id },
  });
  expect(stored).toMatchObject({ state: 'sent', attempts: 1, mandrill_id: message?._id });
  expect(faults).toEqual([]);
});

describe('an e-mail that is not taken is recorded so, and opens a notification', () => {
  it.each([
    ['rejected@example.com', 'parked', 'rejected: hard-bounce'],
    ['invalid@example.com', 'parked', 'invalid: invalid address'],
    [undefined, 'parked', 'no-recipient: no client record'],
    ['badkey@example.com', 'unsent', 'invalid-key: Invalid_Key'],
    ['fault@example.com', 'unsent', 'mandrill-error: GeneralError'],
    ['payment@example.com', 'unsent', 'payment-required: PaymentRequired'],
    ['nonsense@example.com', 'unsent', 'unintelligible: an answer that is not Mandrill’s'],
    ['html@example.com', 'unsent', 'unintelligible: an error that is not Mandrill’s'],
  ])(
    'An e-mail to %s that is not taken is recorded as %s, and opens a notification',
    async (address, state, cause) => {
      const { email, sent, stored, faults, notification } = await deliverWith(address);
      expect(sent).toBe(false);
      expect(stored).toMatchObject({ state, attempts: 1 });
      const { order_id, request_id } = email;
      expect(await notification(cause)).toMatchObject({
        occurrences: 1,
        last_order_id: order_id,
        last_request_id: request_id,
      });
      expect(faults).toEqual([]);
      expect(JSON.stringify([stored, await notification(cause)])).not.toContain('@example.com');
    },
  );

  it('An e-mail that Mandrill does not answer in the time that is left stays unsent, and opens a notification', async () => {
    await deliverWith('bob@example.com');
    const { sent, stored, notification } = await deliverWith('hang@example.com', timeToSend(100));
    expect(sent).toBe(false);
    expect(stored).toMatchObject({ state: 'unsent' });
    expect(await notification('timeout: no answer in time')).toMatchObject({ occurrences: 1 });
  });

  it('An e-mail that there is no time left to send stays unsent, and opens a notification', async () => {
    await deliverWith('bob@example.com');
    const before = mandrill.messages().length;
    const { sent, stored, notification } = await deliverWith('bob@example.com', timeToSend(0));
    expect(sent).toBe(false);
    expect(stored).toMatchObject({ state: 'unsent' });
    expect(await notification('our-side: no time left')).toMatchObject({ occurrences: 1 });
    expect(mandrill.messages()).toHaveLength(before);
  });

  it('No secret is made for an e-mail that there is no time left to send', async () => {
    await knowKey();
    const { text: _, html: __, ...email } = await saved('bob@example.com', { kind: 'reset-password' });
    const { mailer } = anInvocation(timeToSend(0), NOW, {
      secretOf: async () => {
        throw new Error('a secret is made');
      },
    });
    await deliver(email, mailer);
    const [stored] = await db.rows(`EMAIL#${email.email_id}`);
    expect(stored).toMatchObject({ state: 'unsent', last_failure: { cause: 'no time left' } });
  });
});

describe('an address that nobody has verified', () => {
  /** Sends a message with a secret to a client of that address. */
  const toUnverified = async (address: string, kind: Email['kind'] = 'reset-password') => {
    const { text: _, html: __, ...email } = await saved(address, { kind });
    const client = await findClient(db.open(), email.client_id ?? 0);
    if (client) await db.put(rowOfClient({ ...client, email_verified: false }));
    const content = { kind, subject: '', text: 'a secret', html: '<p>a secret' };
    const { mailer } = anInvocation(farDeadline(), NOW, { secretOf: async () => content });
    const delivery = await deliver(email, mailer);
    const [stored] = await db.rows(`EMAIL#${email.email_id}`);
    return { delivery, stored, notifications: await db.rows('NOTIFICATION') };
  };

  it.each([
    ['rejected@example.com', { kind: 'rejected', cause: 'hard-bounce' }],
    ['invalid@example.com', { kind: 'invalid', cause: 'invalid address' }],
  ])('A message to %s is discarded, and nobody is told', async (address, failure) => {
    const { delivery, stored, notifications } = await toUnverified(address);
    expect(delivery).toMatchObject({ sent: false, failure: { ...failure, untold: true } });
    expect(stored).toMatchObject({ state: 'discarded', last_failure: failure });
    expect(stored).not.toHaveProperty('unsent');
    expect(notifications).toEqual([]);
  });

  it('An invitation to an address that takes no mail is told: somebody of the team has given it', async () => {
    const { stored, notifications } = await toUnverified('rejected@example.com', 'invitation');
    expect(stored).toMatchObject({ state: 'parked' });
    expect(notifications).toHaveLength(2);
  });

  it('What is no fault of the address is told, and tried again', async () => {
    const { delivery, stored, notifications } = await toUnverified('badkey@example.com');
    expect(delivery).toMatchObject({ failure: { kind: 'invalid-key' } });
    expect(delivery).not.toHaveProperty('failure.untold');
    expect(stored).toMatchObject({ state: 'unsent' });
    expect(notifications).toHaveLength(1);
  });
});

describe('a message with a secret', () => {
  const content = (text: string): EmailContent => ({
    kind: 'reset-password',
    subject: '',
    text,
    html: `<p>${text}`,
  });
  const sentTo = (email_id: number) =>
    mandrill.messages().find(({ metadata }) => metadata?.email_id === email_id);

  it('Its text is made when it is sent, and is in no row', async () => {
    const { text: _, html: __, ...email } = await saved('bob@example.com', { kind: 'reset-password' });
    const { mailer } = anInvocation(farDeadline(), NOW, { secretOf: async () => content('made just now') });
    expect(await deliver(email, mailer)).toMatchObject({ sent: true });
    expect(sentTo(email.email_id)).toMatchObject({ text: 'made just now', html: '<p>made just now' });
    expect(JSON.stringify(await db.rows(`EMAIL#${email.email_id}`))).not.toContain('made just now');
  });

  it('One that was saved with its text is sent with that', async () => {
    const email = await saved('bob@example.com', { kind: 'reset-password', text: 'made long ago' });
    const { mailer } = anInvocation(farDeadline(), NOW, { secretOf: async () => content('made just now') });
    expect(await deliver(email, mailer)).toMatchObject({ sent: true });
    expect(sentTo(email.email_id)).toMatchObject({ text: 'made long ago' });
  });

  it('One that is not to be sent any more is discarded, which is no failure', async () => {
    const { text: _, html: __, ...email } = await saved('bob@example.com', { kind: 'reset-password' });
    const { mailer } = anInvocation();
    expect(await deliver(email, mailer)).toMatchObject({ sent: false, withheld: { kind: 'superseded' } });
    expect(sentTo(email.email_id)).toBeUndefined();
    const [stored] = await db.rows(`EMAIL#${email.email_id}`);
    expect(stored).toMatchObject({ state: 'discarded', last_failure: { kind: 'superseded' } });
    expect(await db.rows('NOTIFICATION')).toEqual([]);
  });
});

describe('an e-mail that fails when its 24 hours are over', () => {
  /** Takes an e-mail that was saved so many days ago, and fails with it. */
  const failingAfter = async (days: number, address = 'fault@example.com') => {
    const { email } = await deliverWith(address, farDeadline(), { created_at: daysAgo(days) });
    const [stored] = await db.rows(`EMAIL#${email.email_id}`);
    const told = (await db.rows('NOTIFICATION')).map(({ sk, occurrences }) => [sk, occurrences]);
    return { stored, told: told.sort() };
  };

  it('An e-mail that fails when its 24 hours are over is parked, and its notification says so', async () => {
    const { stored, told } = await failingAfter(1);
    expect(stored).toMatchObject({ state: 'parked', last_failure: { kind: 'mandrill-error' } });
    expect(told).toEqual([
      ['email-parked#mandrill-error: GeneralError', 1],
      ['mandrill-email-failed#mandrill-error: GeneralError', 1],
    ]);
  });

  it('An e-mail that fails before its 24 hours are over is due again, and nothing says that it is parked', async () => {
    const { stored, told } = await failingAfter(0.9);
    expect(stored).toMatchObject({ state: 'unsent' });
    expect(told).toEqual([['mandrill-email-failed#mandrill-error: GeneralError', 1]]);
  });
});

it('An e-mail that is refused for good is parked at once, and its notification says so', async () => {
  const { email, stored } = await deliverWith('rejected@example.com');
  expect(stored).toMatchObject({ state: 'parked' });
  const told = await db.rows('NOTIFICATION');
  expect(told.map(({ sk }) => sk).toSorted()).toEqual([
    'email-parked#rejected: hard-bounce',
    'mandrill-email-failed#rejected: hard-bounce',
  ]);
  for (const row of told) expect(row).toMatchObject({ occurrences: 1, last_email_id: email.email_id });
});

it('An e-mail that the environment lacks something for stays unsent, and the fault is reported', async () => {
  const email = await saved('bob@example.com');
  const { mailer, faults } = anInvocation(farDeadline(), NOW, { environment: { EMAIL_FROM: '' } });
  expect(await deliver(email, mailer)).toMatchObject({ sent: false, failure: { kind: 'our-side' } });
  expect(faults).toEqual([expect.objectContaining({ message: expect.stringContaining('EMAIL_FROM') })]);
  expect(await db.rows(`EMAIL#${email.email_id}`)).toMatchObject([{ state: 'unsent' }]);
});

describe('the key', () => {
  it('A key is read once for all e-mails while Mandrill knows it', async () => {
    await deliverWith('bob@example.com');
    await deliverWith('fault@example.com');
    await deliverWith('bob@example.com');
    expect(asked).toBe(1);
  });

  it('A key is read again once Mandrill does not know it', async () => {
    secret = 'md-old-key';
    expect((await deliverWith('bob@example.com')).sent).toBe(false);
    secret = KEY;
    expect((await deliverWith('bob@example.com')).sent).toBe(true);
  });

  it('A key that was replaced meanwhile is used at once, and its e-mail is sent', async () => {
    secret = 'md-old-key';
    await knowKey();
    secret = KEY;
    const { sent, stored, faults, notification } = await deliverWith('bob@example.com');
    expect(sent).toBe(true);
    expect(stored).toMatchObject({ state: 'sent', attempts: 1 });
    expect(await notification('invalid-key: Invalid_Key')).toBeUndefined();
    expect(faults).toEqual([]);
    expect(asked).toBe(2);
  });

  it('A key that was replaced by one as wrong is tried once, and read anew for the next e-mail', async () => {
    secret = 'md-old-key';
    await knowKey();
    secret = 'md-other-key';
    expect((await deliverWith('bob@example.com')).sent).toBe(false);
    expect(asked).toBe(2);
    secret = KEY;
    expect((await deliverWith('bob@example.com')).sent).toBe(true);
    expect(asked).toBe(3);
  });

  it.each([
    ['wrong', () => 'md-old-key', 2],
    ['not set', () => ({ __type: 'ParameterNotFound' }), 1],
  ])('A key that is %s is not read once for each of a batch of e-mails', async (_, wrong, times) => {
    secret = 'md-old-key';
    if (wrong() === secret) await knowKey();
    secret = wrong();
    const emails = await Promise.all(Array.from({ length: 10 }, () => saved('bob@example.com')));
    const { mailer } = anInvocation();
    const deliveries = await Promise.all(emails.map((email) => deliver(email, mailer)));
    for (const delivery of deliveries) expect(delivery).toMatchObject({ failure: { kind: 'invalid-key' } });
    expect(asked).toBe(times);
  });

  it('A key that was replaced meanwhile is read once for a batch of e-mails, and all of them are sent', async () => {
    secret = 'md-old-key';
    await knowKey();
    secret = KEY;
    const emails = await Promise.all(Array.from({ length: 10 }, () => saved('bob@example.com')));
    const { mailer } = anInvocation();
    const deliveries = await Promise.all(emails.map((email) => deliver(email, mailer)));
    expect(deliveries.map(({ sent }) => sent)).toEqual(Array(10).fill(true));
    expect(asked).toBe(2);
  });

  it('A key that is wrong and cannot be read again is reported, and the e-mail fails for the key', async () => {
    secret = 'md-old-key';
    await knowKey();
    secret = NOT_ALLOWED;
    const { stored, faults } = await deliverWith('bob@example.com');
    expect(stored).toMatchObject({ state: 'unsent', last_failure: { kind: 'invalid-key' } });
    expect(faults).toHaveLength(1);
  });

  it('A key that is not set is a failure of the e-mail that says so, and sends the next once it is set', async () => {
    secret = { __type: 'ParameterNotFound' };
    const { sent, stored, faults, notification } = await deliverWith('bob@example.com');
    expect(sent).toBe(false);
    expect(faults).toEqual([]);
    expect(stored).toMatchObject({ state: 'unsent', last_failure: { kind: 'invalid-key' } });
    expect(await notification('invalid-key: no key for Mandrill is set')).toMatchObject({ occurrences: 1 });
    secret = KEY;
    expect((await deliverWith('bob@example.com')).sent).toBe(true);
  });

  it('A key that was wrong and is no longer set is a failure for the key', async () => {
    secret = 'md-old-key';
    await knowKey();
    secret = { __type: 'ParameterNotFound' };
    const { stored, faults } = await deliverWith('bob@example.com');
    expect(stored).toMatchObject({ state: 'unsent', last_failure: { kind: 'invalid-key' } });
    expect(faults).toEqual([]);
  });

  it.each([
    ['may not be read', NOT_ALLOWED],
    ['does not come, for which there is still time to record the failure', undefined],
  ])('A key that %s is reported, and a failure of the e-mail', async (_, answer) => {
    secret = answer;
    const { sent, stored, faults, notification } = await deliverWith('bob@example.com', timeToSend(200));
    expect(sent).toBe(false);
    expect(faults).toHaveLength(1);
    expect(stored).toMatchObject({ state: 'unsent', last_failure: { kind: 'our-side' } });
    expect(await notification('our-side: not handed to Mandrill')).toMatchObject({ occurrences: 1 });
  });
});

describe('while Mandrill is away for everybody', () => {
  const AWAY = { pk: 'CIRCUIT', sk: 'MANDRILL', kind: 'timeout', cause: 'no answer in time' };
  const later = (milliseconds: number) => new Date(NOW.getTime() + milliseconds).toISOString();
  const isAway = (ask_at: string) => db.put({ ...AWAY, clients: new Set([1, 2, 3, 4, 5]), ask_at });

  it('An e-mail fails unasked while Mandrill is away, for the reason that is known, and is due soon', async () => {
    await isAway(later(1));
    const before = mandrill.asked();
    const { sent, stored, notification, faults } = await deliverWith('bob@example.com');
    expect(sent).toBe(false);
    expect(mandrill.asked()).toBe(before);
    expect(asked).toBe(0);
    expect(stored).toMatchObject({
      state: 'unsent',
      tries: 0,
      due_at: later(60_000),
      last_failure: { kind: 'timeout', cause: 'no answer in time' },
    });
    expect(stored?.last_failure).not.toHaveProperty('untried');
    expect(await notification('timeout: no answer in time')).toMatchObject({ occurrences: 1 });
    expect(faults).toEqual([]);
  });

  it('Of the e-mails that are tried at once while Mandrill is away one asks, and if it is sent Mandrill is back', async () => {
    await isAway(later(0));
    const emails = await Promise.all(Array.from({ length: 5 }, () => saved('bob@example.com')));
    const before = mandrill.asked();
    const deliver5 = () => {
      const { mailer } = anInvocation();
      return Promise.all(emails.map((email) => deliver(email, mailer)));
    };
    const deliveries = await deliver5();
    expect(deliveries.filter(({ sent }) => sent)).toHaveLength(1);
    expect(mandrill.asked() - before).toBe(1);
    expect((await deliverWith('bob@example.com')).sent).toBe(true);
  });

  it('An e-mail whose 24 hours are over while Mandrill is away is parked unasked', async () => {
    await isAway(later(1));
    const before = mandrill.asked();
    const { stored } = await deliverWith('bob@example.com', farDeadline(), { created_at: daysAgo(1) });
    expect(stored).toMatchObject({ state: 'parked', last_failure: { kind: 'timeout' } });
    expect(mandrill.asked()).toBe(before);
    expect(await db.row({ pk: 'NOTIFICATION', sk: 'email-parked#timeout: no answer in time' })).toBeDefined();
  });

  it('The fifth client whose e-mail fails finds out that Mandrill is away', async () => {
    mandrill.upset('html');
    const before = mandrill.asked();
    for (let index = 0; index < 8; index += 1) await deliverWith(`bob${index}@example.com`);
    mandrill.upset();
    expect(mandrill.asked() - before).toBe(5);
  });

  it('An e-mail is sent though it cannot be learnt whether Mandrill is away, which is reported', async () => {
    await db.put(AWAY);
    db.wire.fail('UpdateItem', internalError, 3);
    const { sent, stored, faults } = await deliverWith('bob@example.com');
    expect(sent).toBe(true);
    expect(stored).toMatchObject({ state: 'sent' });
    expect(faults).toMatchObject([{ name: 'TableUnavailable', cause: { name: 'InternalServerError' } }]);
  });
});

it('An e-mail costs one read and one write besides, while all is well', async () => {
  const email = await saved('bob@example.com');
  db.wire.reset();
  await deliver(email, anInvocation().mailer);
  expect(db.wire.operations).toEqual(['BatchGetItem', 'UpdateItem']);
});

describe('a table that fails', () => {
  it('A table that fails before the e-mail is sent is reported, and a failure of the e-mail', async () => {
    db.wire.fail('BatchGetItem', internalError, 3);
    const { sent, stored, faults } = await deliverWith('bob@example.com');
    expect(sent).toBe(false);
    expect(faults).toMatchObject([{ cause: { name: 'InternalServerError' } }]);
    expect(stored).toMatchObject({ state: 'unsent', last_failure: { kind: 'our-side' } });
  });

  it('A table that fails after the e-mail was sent is reported, and it is sent all the same', async () => {
    db.wire.fail('UpdateItem', internalError, 3);
    const { sent, stored, faults } = await deliverWith('bob@example.com');
    expect(sent).toBe(true);
    expect(faults).toMatchObject([{ cause: { name: 'InternalServerError' } }]);
    expect(stored).toMatchObject({ state: 'sending' });
  });

  it('A table that fails after the e-mail failed is reported', async () => {
    // The saving of the e-mail comes before.
    db.wire.fail('TransactWriteItems', (_request, forward) => forward(_request.input));
    for (const operation of ['TransactWriteItems', 'UpdateItem']) {
      db.wire.fail(operation, internalError, Number.POSITIVE_INFINITY);
    }
    const { sent, stored, faults } = await deliverWith('rejected@example.com');
    expect(sent).toBe(false);
    expect(faults).toHaveLength(2);
    expect(faults).toMatchObject([
      { cause: { name: 'InternalServerError' } },
      { cause: { name: 'InternalServerError' } },
    ]);
    expect(stored).toMatchObject({ state: 'sending' });
  });
});
