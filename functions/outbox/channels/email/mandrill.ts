import createClient from '@mailchimp/mailchimp_transactional';
import * as z from 'zod/mini';
import { sendableAddress } from '../../../contract/email-address.ts';
import { plainName } from '../../../notifications/notification-store.ts';
import { type Delivery, type DeliveryFailure, failed } from '../../delivery.ts';

/** How to reach Mandrill, and in whose name to write. */
export interface MandrillAccount {
  /** The API's address, such as `https://mandrillapp.com/api/1.0`. */
  url: string;
  key: string;
  from: { email: string; name: string };
}

/**
 * One e-mail to one recipient. Mandrill keeps `metadata` beside it, and counts by `tag`, of which it takes 100 different
 * ones. Its API does not say that it takes a Message-ID or References, so that it is metadata that tells the order.
 */
export interface OutgoingEmail {
  to: { email: string; name?: string };
  subject: string;
  text: string;
  html: string;
  tag: string;
  metadata: Record<string, unknown>;
}

/** What Mandrill says of each recipient (its API reference, messages/send). */
const sendAnswer = z.tuple([
  z.object({
    status: z.enum(['sent', 'queued', 'rejected', 'invalid']),
    _id: z.string(),
    reject_reason: z.nullish(z.string()),
  }),
]);
/** What it says when it fails as a whole: an error's name tells which, the HTTP status does not. */
const errorAnswer = z.object({ status: z.literal('error'), name: z.string() });
/** What the client resolves with, instead of rejecting, when it fails. It holds the API key: it must never be logged. */
const clientError = z.object({
  isAxiosError: z.literal(true),
  code: z.optional(z.string()),
  response: z.optional(z.object({ data: z.unknown() })),
});

const KINDS = new Map<string, DeliveryFailure['kind']>([
  ['Invalid_Key', 'invalid-key'],
  ['PaymentRequired', 'payment-required'],
]);

const TIMEOUT_CODES = new Set(['ECONNABORTED', 'ERR_CANCELED', 'ETIMEDOUT']);

/** What became of an e-mail, told by what the client resolved with. */
export const deliveryOf = (outcome: unknown): Delivery => {
  const error = clientError.safeParse(outcome);
  if (error.success) {
    const { code, response } = error.data;
    if (response === undefined) {
      return code !== undefined && TIMEOUT_CODES.has(code)
        ? failed('timeout', 'no answer in time')
        : failed('unreachable', plainName(code ?? 'no connection'));
    }
    const said = errorAnswer.safeParse(response.data);
    if (!said.success) return failed('unintelligible', 'an error that is not Mandrill’s');
    return failed(KINDS.get(said.data.name) ?? 'mandrill-error', plainName(said.data.name));
  }
  const answer = sendAnswer.safeParse(outcome);
  if (!answer.success) return failed('unintelligible', 'an answer that is not Mandrill’s');
  const [{ status, _id, reject_reason }] = answer.data;
  if (status === 'rejected') return failed('rejected', plainName(reject_reason ?? 'no reason given'), true);
  if (status === 'invalid') return failed('invalid', 'invalid address', true);
  return { sent: true, mandrill_id: _id };
};

/**
 * Hands one e-mail to Mandrill. Never throws: what goes wrong is part of the answer.
 *
 * @param timeoutMs how long to wait for Mandrill, in milliseconds
 */
export const sendThroughMandrill = async (
  { url, key, from }: MandrillAccount,
  { to, subject, text, html, tag, metadata }: OutgoingEmail,
  timeoutMs: number,
): Promise<Delivery> => {
  const client = createClient(key) as ReturnType<typeof createClient> & {
    basePath: string;
    requestConfig: object;
  };
  client.basePath = url;
  // Its own time-out ends when the answer's head is there, and its body may take for ever.
  client.requestConfig = { ...client.requestConfig, signal: AbortSignal.timeout(timeoutMs) };
  const outcome = await client.messages.send({
    message: {
      from_email: from.email,
      from_name: from.name,
      to: [{ ...to, email: sendableAddress(to.email), type: 'to' }],
      subject,
      text,
      html,
      // What users wrote is shown as they wrote it, though it may look like one of Mandrill's merge tags.
      merge: false,
      // Whatever the account's defaults: no picture that tells us who reads what, and no rewritten links.
      track_opens: false,
      track_clicks: false,
      tags: [tag],
      // The types demand a `website` that the API does not.
      metadata: metadata as { website: string },
    },
  });
  return deliveryOf(outcome);
};
