import { randomBytes } from 'node:crypto';
import type * as z from 'zod';
import { type LoopbackReply, type LoopbackRequest, serveLoopback } from './loopback.ts';
import { mailboxPage } from './mailbox-page.ts';
import { type Message, messageSchema, type Recipient } from './mandrill-message.ts';

const reply = (status: number, type: string, body: string): LoopbackReply => ({
  status,
  headers: { 'content-type': `${type}; charset=utf-8` },
  body,
});

const json = (status: number, body: unknown): LoopbackReply =>
  reply(status, 'application/json', JSON.stringify(body));

/** An error in Mandrill's own shape; clients go by `name`, since the code is not documented. */
const refusal = (status: number, code: number, name: string, message: string): LoopbackReply =>
  json(status, { status: 'error', code, name, message });

const invalidKey = () => refusal(401, -1, 'Invalid_Key', 'Invalid API key');
const validationError = (message: string) => refusal(500, -2, 'ValidationError', message);

/** Mandrill's wording of a fault: `Validation error: {"message":{"to":[{"email":"…"}]}}`, the path spelt as JSON. */
const faultOf = ({ path, message }: z.core.$ZodIssue): string => {
  const nested = ['message', ...path].reduceRight<unknown>(
    (inner, key) => (typeof key === 'number' ? [...Array(key).fill(null), inner] : { [key]: inner }),
    message,
  );
  return `Validation error: ${JSON.stringify(nested)}`;
};

/** What happens to a whole request when one of its recipients' addresses starts so. */
const UPSETS = {
  badkey: invalidKey,
  fault: () =>
    refusal(
      500,
      -99,
      'GeneralError',
      'An unexpected error occurred processing the request. Mandrill developers will be notified.',
    ),
  payment: () => refusal(500, 10, 'PaymentRequired', 'The requested feature requires payment.'),
  nonsense: () => json(200, { ok: true }),
  html: () => reply(502, 'text/html', '<html><body><h1>502 Bad Gateway</h1></body></html>'),
  hang: () => undefined,
} satisfies Record<string, () => LoopbackReply | undefined>;
export type Upset = keyof typeof UPSETS;

const startsWith = (email: string, start: string) => email.toLowerCase().startsWith(start);

/** What is said of a domain from which e-mails are sent: it is in order, unless it starts with `unverified` or `unsigned`. */
const domainSettings = (domain: string) => {
  const signed = !startsWith(domain, 'unsigned');
  const verified = !startsWith(domain, 'unverified');
  const now = new Date().toISOString().slice(0, 19).replace('T', ' ');
  return {
    domain,
    created_at: now,
    last_tested_at: now,
    spf: { valid: true, valid_after: null, error: null },
    dkim: { valid: signed, valid_after: null, error: signed ? null : 'the DKIM record is missing' },
    verified_at: verified ? now : null,
    valid_signing: signed && verified,
  };
};

const outcomeFor = (email: string): { status: string; reject_reason: string | null } => {
  if (startsWith(email, 'rejected')) return { status: 'rejected', reject_reason: 'hard-bounce' };
  if (startsWith(email, 'invalid') || !email.includes('@')) return { status: 'invalid', reject_reason: null };
  return { status: 'sent', reject_reason: null };
};

interface MandrillRequest {
  key?: unknown;
  message?: unknown;
  domain?: unknown;
}

const parseJson = (body: string): MandrillRequest => {
  try {
    return Object(JSON.parse(body));
  } catch {
    return {};
  }
};

/**
 * A stand-in for Mandrill's `users/ping2`, `senders/check-domain` and `messages/send` (https://mailchimp.com/developer/transactional/api/messages/),
 * that delivers to a mailbox: a page at `/`, the same as JSON at `/messages`. The start of a recipient's address says
 * what becomes of the e-mail: `rejected` and `invalid` are given that status, `badkey` answers 401 Invalid_Key, `fault`
 * 500 GeneralError, `payment` 500 PaymentRequired, `nonsense` 200 with JSON that is no answer, `html` 502 with a page, `hang`
 * never answers; all others are sent.
 * @param options.key the API key that it takes.
 * @returns where the mailbox is; where a client finds the API; what was sent, newest first; how often it was asked to send; and
 *   `upset`, which has every request end so, whoever the recipient is, until it is called without anything; and `clear`, after
 *   which it is as if nobody had asked it for anything yet.
 */
export const startMandrill = async ({ key, port = 0 }: { key: string; port?: number }) => {
  const messages: Message[] = [];
  let asked = 0;
  let outage: Upset | undefined;

  const deliver = (message: z.infer<typeof messageSchema>, to: Recipient) => {
    const _id = randomBytes(16).toString('hex');
    const outcome = outcomeFor(to.email);
    if (outcome.status === 'sent') {
      messages.unshift({ ...message, to: [to], _id, received_at: new Date().toISOString(), status: 'sent' });
    }
    return { email: to.email, ...outcome, queued_reason: null, _id };
  };

  const send = (request: MandrillRequest): LoopbackReply | undefined => {
    if (!request.message) return validationError('You must specify a message value');
    const { data: message, error } = messageSchema.safeParse(request.message);
    if (error) return validationError(error.issues.slice(0, 1).map(faultOf).join());
    for (const [start, answer] of Object.entries(UPSETS)) {
      if (message.to.some(({ email }) => startsWith(email, start))) return answer();
    }
    return json(
      200,
      message.to.map((recipient) => deliver(message, recipient)),
    );
  };

  const calls: Record<string, (request: MandrillRequest) => LoopbackReply | undefined> = {
    'messages/send': send,
    'users/ping2': () => json(200, { PING: 'PONG!' }),
    'senders/check-domain': ({ domain }) =>
      domain ? json(200, domainSettings(String(domain))) : validationError('You must specify a domain value'),
  };

  const call = (name: string, body: string): LoopbackReply | undefined => {
    const request = parseJson(body);
    if (!request.key) return validationError('You must specify a key value');
    return request.key === key ? calls[name]?.(request) : invalidKey();
  };

  const answer = ({ method, path, body }: LoopbackRequest): LoopbackReply | undefined => {
    const [, name = ''] = /^\/api\/1\.\d\/([a-z0-9/-]+)(\.json)?$/.exec(path) ?? [];
    if (method === 'POST' && Object.hasOwn(calls, name)) {
      if (name === 'messages/send') asked += 1;
      return outage === undefined ? call(name, body) : UPSETS[outage]();
    }
    if (method === 'GET' && path === '/messages') return json(200, messages);
    if (method === 'GET' && path === '/') return mailboxPage(messages);
    return reply(404, 'text/plain', `This stand-in has no ${method} ${path}.\n`);
  };

  const { url, close } = await serveLoopback(answer, port);
  return {
    url,
    apiUrl: `${url}/api/1.0`,
    messages: (): Message[] => [...messages],
    asked: () => asked,
    upset: (how?: Upset) => {
      outage = how;
    },
    clear: () => {
      messages.length = 0;
      asked = 0;
      outage = undefined;
    },
    close,
  };
};
