import mandrillClient from '@mailchimp/mailchimp_transactional';
import type { AxiosError } from 'axios';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startMandrill } from '../../../infra/local/mandrill.ts';

let mandrill: Awaited<ReturnType<typeof startMandrill>>;

beforeEach(async () => {
  mandrill = await startMandrill({ key: 'md-key' });
});

afterEach(() => mandrill.close());

type SendBody = Parameters<mandrillClient.MessagesApi['send']>[0];

/** Sends as the real client does, which resolves with the error when there is one. */
const send = (message: object, key = 'md-key') =>
  Object.assign(mandrillClient(key), { basePath: mandrill.apiUrl }).messages.send({ message } as SendBody);

const sendTo = (...emails: string[]) =>
  send({ subject: 'Hello', text: 'Hi', to: emails.map((email) => ({ email })) });

const failure = async (sending: ReturnType<typeof send>) => {
  const { response } = (await sending) as AxiosError;
  return { status: response?.status, data: response?.data };
};

const invalidKey = {
  status: 401,
  data: { status: 'error', code: -1, name: 'Invalid_Key', message: 'Invalid API key' },
};

const validationError = (message: string) => ({
  status: 500,
  data: { status: 'error', code: -2, name: 'ValidationError', message },
});

describe('what was sent', () => {
  test('An e-mail is answered for each recipient, and is in the mailbox once for each, newest first', async () => {
    const message = {
      from_email: 'orders@example.com',
      from_name: 'Orders',
      to: [
        { email: 'ada@example.com', name: 'Ada', type: 'to' },
        { email: 'bob@example.com', name: 'Bob', type: 'cc' },
      ],
      subject: 'Appointment cancelled',
      text: 'It is off.',
      html: '<p>It is off.</p>',
      headers: { 'Reply-To': 'help@example.com' },
      metadata: { order_id: '7' },
      tags: ['appointment-cancelled'],
    };
    const answer = await send(message);
    const id = expect.stringMatching(/^[0-9a-f]{32}$/);
    const sent = { status: 'sent', reject_reason: null, queued_reason: null, _id: id };
    expect(answer).toEqual([
      { email: 'ada@example.com', ...sent },
      { email: 'bob@example.com', ...sent },
    ]);
    const copy = { ...message, status: 'sent', received_at: expect.stringMatching(/^\d{4}-.*T.*\.\d{3}Z$/) };
    const [ada, bob] = answer as { _id: string }[];
    const expected = [
      { ...copy, to: [message.to[1]], _id: bob?._id },
      { ...copy, to: [message.to[0]], _id: ada?._id },
    ];
    expect(mandrill.messages()).toEqual(expected);
    expect(await (await fetch(`${mandrill.url}/messages`)).json()).toEqual(expected);
  });

  test.for(['/api/1.3/messages/send', '/api/1.0/messages/send.json'])(
    'An e-mail is taken at %s',
    async (path) => {
      const body = JSON.stringify({ key: 'md-key', message: { to: [{ email: 'ada@example.com' }] } });
      const answer = await fetch(mandrill.url + path, { method: 'POST', body });
      expect(await answer.json()).toMatchObject([{ status: 'sent' }]);
    },
  );
});

describe('what was not sent', () => {
  afterEach(() => expect(mandrill.messages()).toEqual([]));

  test.for([
    ['rejected@example.com', 'rejected', 'hard-bounce'],
    ['Rejected.Rita@example.com', 'rejected', 'hard-bounce'],
    ['invalid+7@example.com', 'invalid', null],
    ['nowhere', 'invalid', null],
  ])(
    'An e-mail to %s is not sent, and answered 200 with the status %s',
    async ([email, status, reject_reason]) => {
      expect(await sendTo(email as string)).toMatchObject([{ email, status, reject_reason }]);
    },
  );

  test('An e-mail to badkey@ is not sent, and answered 401', async () => {
    expect(await failure(sendTo('BadKey@example.com'))).toEqual(invalidKey);
  });

  test('An e-mail to fault@ is not sent, and answered 500, for all recipients', async () => {
    const { status, data } = await failure(sendTo('ada@example.com', 'fault@example.com'));
    expect({ status, data }).toMatchObject({ status: 500, data: { status: 'error', name: 'GeneralError' } });
  });

  test('An e-mail to payment@ is not sent, and answered 500, by the name of PaymentRequired', async () => {
    const { status, data } = await failure(sendTo('payment@example.com'));
    expect({ status, data }).toMatchObject({ status: 500, data: { name: 'PaymentRequired' } });
  });

  test('An e-mail to nonsense@ is not sent, and answered 200, with JSON that is no answer', async () => {
    expect(await sendTo('nonsense@example.com')).toEqual({ ok: true });
  });

  test('An e-mail to html@ is not sent, and answered 502, with a document in HTML', async () => {
    const { status, data } = await failure(sendTo('html@example.com'));
    expect({ status, data }).toEqual({ status: 502, data: expect.stringContaining('<html>') });
  });

  test('An e-mail to hang@ is not answered until the stand-in closes, which it does at once', async () => {
    const sending = sendTo('hang@example.com');
    // Answered later than the request before it was left without an answer.
    await sendTo('rejected@example.com');
    await mandrill.close();
    expect(await sending).toMatchObject({ code: 'ECONNRESET' });
  });

  test('Nobody’s e-mail is sent while the stand-in is upset, and it is asked as before after that', async () => {
    const before = mandrill.asked();
    mandrill.upset('html');
    expect(await sendTo('ada@example.com')).toMatchObject({ status: 502 });
    mandrill.upset();
    expect(await sendTo('rejected@example.com')).toMatchObject([{ status: 'rejected' }]);
    expect(mandrill.asked()).toBe(before + 2);
  });

  test('An e-mail with another key is not sent, and answered 401', async () => {
    const to = [{ email: 'ada@example.com' }];
    expect(await failure(send({ to }, 'other'))).toEqual(invalidKey);
  });

  test('An e-mail without a key, or without JSON, is not sent, and answered what is missing', async () => {
    const expected = validationError('You must specify a key value');
    expect(await failure(send({ to: [{ email: 'ada@example.com' }] }, ''))).toEqual(expected);
    const answer = await fetch(`${mandrill.apiUrl}/messages/send`, { method: 'POST', body: 'key=md-key' });
    expect({ status: answer.status, data: await answer.json() }).toEqual(expected);
  });

  test.for<[string, unknown, string]>([
    ['no message', undefined, 'You must specify a message value'],
    ['no recipients', {}, `Validation error: {"message":{"to":"Sorry, this field can't be left blank."}}`],
    [
      'no recipient',
      { to: [] },
      `Validation error: {"message":{"to":"Sorry, this field can't be left blank."}}`,
    ],
    [
      'no address',
      { to: [{ email: 'ada@example.com' }, { email: '' }] },
      `Validation error: {"message":{"to":[null,{"email":"Sorry, this field can't be left blank."}]}}`,
    ],
    [
      'a wrong sender',
      { to: [{ email: 'ada@example.com' }], from_email: 'orders' },
      'Validation error: {"message":{"from_email":"An email address must contain a single @"}}',
    ],
  ])('An e-mail with %s is not sent, and answered what is wrong', async ([, message, wording]) => {
    expect(await failure(send(message as object))).toEqual(validationError(wording));
  });

  test('Any other call of Mandrill’s API is answered 404', async () => {
    expect((await fetch(`${mandrill.apiUrl}/users/ping`, { method: 'POST' })).status).toBe(404);
  });
});

describe('the mailbox', () => {
  const page = async () => (await fetch(mandrill.url)).text();

  test('The mailbox says so when there is nothing in it', async () => {
    expect(await page()).toContain('No e-mail yet');
  });

  test('The mailbox shows the whole of each e-mail, newest first, and nothing in it is markup', async () => {
    const to = [{ email: 'ada@example.com', name: 'Ada "the" <Countess>' }];
    await send({ to, subject: 'First', text: 'one' });
    await send({ to, subject: '<b>Second</b>', text: "two & it's </pre>", html: `<p class="x">'two'</p>` });
    const html = await page();
    expect(html).toContain('&lt;b&gt;Second&lt;/b&gt;</h2>');
    expect(html).toContain('Ada &quot;the&quot; &lt;Countess&gt; &lt;ada@example.com&gt;');
    expect(html).toContain('<pre>two &amp; it&#39;s &lt;/pre&gt;</pre>');
    expect(html).toContain('<iframe sandbox srcdoc="&lt;p class=&quot;x&quot;&gt;&#39;two&#39;&lt;/p&gt;"');
    expect(html.indexOf('Second')).toBeLessThan(html.indexOf('First'));
    expect(html.match(/<iframe/g)).toHaveLength(1);
  });

  test('The mailbox shows the HTML part, and the plain text on demand, or at once when it is all there is', async () => {
    const to = [{ email: 'ada@example.com' }];
    await send({ to, text: 'only text' });
    expect(await page()).toMatch(/<details open><summary>Plain text<\/summary><pre>only text/);
    await send({ to, text: 'with HTML', html: '<p>with text' });
    const html = await page();
    expect(html).toMatch(/<details open><summary>HTML<\/summary><iframe sandbox [^>]*with text/);
    expect(html).toMatch(/<details><summary>Plain text<\/summary><pre>with HTML/);
  });

  test('The mailbox keeps markup of an e-mail in its frame, where nothing may run', async () => {
    const attack = `</iframe>"></iframe><script>alert(1)</script><img src=x onerror='alert(1)'>`;
    await send({ to: [{ email: 'ada@example.com' }], subject: attack, text: attack, html: attack });
    const html = await page();
    expect(html).not.toMatch(/<script|<img/);
    expect(html.match(/<\/iframe>/g)).toHaveLength(1);
    expect(html).toMatch(/<iframe sandbox srcdoc=/);
  });

  test('The mailbox runs and loads nothing', async () => {
    const policy = (await fetch(mandrill.url)).headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('script-src');
  });
});

test('A port that is taken is an error of the stand-in for Mandrill, with its code', async () => {
  const port = Number(new URL(mandrill.url).port);
  await expect(startMandrill({ key: 'md-key', port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

describe('a key', () => {
  const ping = (key: string) =>
    Object.assign(mandrillClient(key), { basePath: mandrill.apiUrl }).users.ping2();

  test('A ping of Mandrill is answered if its key is the right one', async () => {
    expect(await ping('md-key')).toEqual({ PING: 'PONG!' });
    expect(await failure(ping('md-other') as ReturnType<typeof send>)).toEqual(invalidKey);
  });
});
