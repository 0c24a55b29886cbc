import * as z from 'zod';

/** Why Mandrill gave no answer of use, in words that do not hold the key. */
export class MandrillFault extends Error {
  readonly refusesKey: boolean;

  constructor(message: string, refusesKey = false) {
    super(message);
    this.refusesKey = refusesKey;
  }
}

/** Mandrill mostly answers in one second. */
const WAIT_MS = 10_000;

const errorSchema = z.object({ status: z.literal('error'), name: z.string() });

/** Why a request got no answer: a connection's code, such as `ECONNREFUSED`, or `TimeoutError`. */
const reasonOf = ({ name, cause }: Error): string =>
  z.object({ code: z.string() }).safeParse(cause).data?.code ?? name;

/**
 * Asks Mandrill's API (https://mailchimp.com/developer/transactional/api/), whose errors are told by their names.
 *
 * @throws {MandrillFault} if it refuses, cannot be reached, or answers something else than `schema`
 */
const ask = async <T>(address: string, request: object, schema: z.ZodType<T>): Promise<T> => {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
    signal: AbortSignal.timeout(WAIT_MS),
  }).catch((error: Error) => {
    throw new MandrillFault(`Mandrill cannot be reached (${reasonOf(error)}).`);
  });
  const answer: unknown = await response.json().catch(() => undefined);
  const error = errorSchema.safeParse(answer);
  if (error.data?.name === 'Invalid_Key') throw new MandrillFault('Mandrill refuses the key.', true);
  if (error.success) throw new MandrillFault(`Mandrill fails (${error.data.name}).`);
  const parsed = schema.safeParse(answer);
  if (!parsed.success) throw new MandrillFault('What answers in Mandrill’s place is not Mandrill.');
  return parsed.data;
};

/** Makes sure that Mandrill takes the key. */
export const pingMandrill = (url: string, key: string): Promise<unknown> =>
  ask(`${url}/users/ping2`, { key }, z.object({ PING: z.literal('PONG!') }));

const recordSchema = z.object({ valid: z.boolean(), error: z.string().nullish() });
const domainSchema = z.object({
  spf: recordSchema,
  dkim: recordSchema,
  verified_at: z.string().nullish(),
  valid_signing: z.boolean(),
});

/**
 * Has Mandrill look at a domain from which e-mails are to be sent, which adds it to the account if it is not there
 * (https://mailchimp.com/developer/transactional/api/senders/check-domain-settings/).
 *
 * @returns why Mandrill would not send from it; nothing if it would
 */
export const checkDomain = async (url: string, key: string, domain: string): Promise<string[]> => {
  const { spf, dkim, ...state } = await ask(`${url}/senders/check-domain`, { key, domain }, domainSchema);
  if (state.verified_at && state.valid_signing) return [];
  const records = Object.entries({ SPF: spf, DKIM: dkim }).filter(([, { valid }]) => !valid);
  return [
    ...(state.verified_at ? [] : ['nobody has verified that it is ours']),
    ...records.map(([name, { error }]) => `${name} is not valid (${error ?? 'no reason given'})`),
    ...(state.verified_at && records.length === 0 ? ['it may not be signed for'] : []),
  ];
};
