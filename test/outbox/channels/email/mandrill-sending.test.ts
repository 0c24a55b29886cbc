import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  type OutgoingEmail,
  sendThroughMandrill,
} from '../../../../functions/outbox/channels/email/mandrill.ts';
import { startMandrill } from '../../../../infra/local/mandrill.ts';

const KEY = 'md-secret-key';
/** Far longer than the stand-in takes. */
const TIMEOUT_MS = 30_000;

let mandrill: Awaited<ReturnType<typeof startMandrill>>;
beforeAll(async () => {
  mandrill = await startMandrill({ key: KEY });
});
afterAll(() => mandrill.close());

let email: OutgoingEmail;
beforeEach(() => {
  email = {
    to: { email: 'bob@example.com', name: 'Bob' },
    subject: 'Order 7: completed',
    text: 'Hello,\n\neverything is done – até já! *|NAME|*\n',
    html: '<p>Hello,<p>everything is done – até já! 🧽 שלום *|NAME|*',
    tag: 'order-completed',
    metadata: { email_id: 1, order_id: 7, request_id: 'request-1' },
  };
});

const send = (given: { to?: string; key?: string; url?: string; timeoutMs?: number } = {}) => {
  const { to = email.to.email, key = KEY, url = mandrill.apiUrl, timeoutMs = TIMEOUT_MS } = given;
  const from = { email: 'orders@example.com', name: 'Plano' };
  return sendThroughMandrill({ url, key, from }, { ...email, to: { ...email.to, email: to } }, timeoutMs);
};

it('An e-mail arrives as it was meant, under the id that Mandrill gave it', async () => {
  const before = structuredClone(email);
  const delivery = await send();
  const [message] = mandrill.messages();
  expect(message).toMatchObject({
    from_email: 'orders@example.com',
    from_name: 'Plano',
    to: [{ email: 'bob@example.com', name: 'Bob', type: 'to' }],
    subject: email.subject,
    text: email.text,
    html: email.html,
    tags: ['order-completed'],
    merge: false,
    track_opens: false,
    track_clicks: false,
    metadata: email.metadata,
  });
  expect(delivery).toEqual({ sent: true, mandrill_id: message?._id });
  expect(email).toEqual(before);
});

it.each([
  ['Bob@bücher.example', 'Bob@xn--bcher-kva.example'],
  ['bob@xn--bcher-kva.example', 'bob@xn--bcher-kva.example'],
])('An e-mail to %s goes to %s', async (to, recipient) => {
  expect(await send({ to })).toMatchObject({ sent: true });
  expect(mandrill.messages()[0]?.to).toMatchObject([{ email: recipient }]);
});

it.each([
  ['rejected@example.com', { kind: 'rejected', cause: 'hard-bounce', permanent: true }],
  ['invalid@example.com', { kind: 'invalid', cause: 'invalid address', permanent: true }],
  ['badkey@example.com', { kind: 'invalid-key', cause: 'Invalid_Key', permanent: false }],
  ['fault@example.com', { kind: 'mandrill-error', cause: 'GeneralError', permanent: false }],
  [
    'html@example.com',
    { kind: 'unintelligible', cause: 'an error that is not Mandrill’s', permanent: false },
  ],
])('An e-mail to %s is not taken', async (to, failure) => {
  const sentBefore = mandrill.messages().length;
  const delivery = await send({ to });
  expect(delivery).toEqual({ sent: false, failure });
  expect(mandrill.messages()).toHaveLength(sentBefore);
});

it('A Mandrill that does not answer is waited for no longer than was said', async () => {
  expect(await send({ to: 'hang@example.com', timeoutMs: 50 })).toEqual({
    sent: false,
    failure: { kind: 'timeout', cause: 'no answer in time', permanent: false },
  });
});

it('A time-out holds for its own e-mail, not for those after it', async () => {
  await send({ to: 'hang@example.com', timeoutMs: 50 });
  expect(await send()).toMatchObject({ sent: true });
});

it('A Mandrill that is not there is a failure', async () => {
  expect(await send({ url: 'http://127.0.0.1:1/api/1.0' })).toEqual({
    sent: false,
    failure: { kind: 'unreachable', cause: 'ECONNREFUSED', permanent: false },
  });
});

it('A key that Mandrill does not know is told by its name, and is not in what is told', async () => {
  const delivery = await send({ key: 'md-wrong' });
  expect(delivery).toMatchObject({ failure: { kind: 'invalid-key', cause: 'Invalid_Key' } });
  expect(JSON.stringify(delivery)).not.toContain('md-wrong');
  expect(await send({ key: KEY })).toMatchObject({ sent: true });
});

it('An answer that begins and does not end is one that did not come in time', async () => {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).write('[');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect(await send({ url, timeoutMs: 100 })).toEqual({
    sent: false,
    failure: { kind: 'timeout', cause: 'no answer in time', permanent: false },
  });
  server.closeAllConnections();
  server.close();
});
