import * as z from 'zod';

/** Why Mandrill gave no answer of use, in words that do not hold the key. */
export class MandrillFault extends Error {}

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
  if (error.data?.name === 'Invalid_Key') throw new MandrillFault('Mandrill refuses the key.');
  if (error.success) throw new MandrillFault(`Mandrill fails (${error.data.name}).`);
  const parsed = schema.safeParse(answer);
  if (!parsed.success) throw new MandrillFault(`Mandrill gives an answer that is not its own.`);
  return parsed.data;
};

/** Makes sure that Mandrill takes the key. */
export const pingMandrill = (url: string, key: string): Promise<unknown> =>
  ask(`${url}/users/ping2`, { key }, z.object({ PING: z.literal('PONG!') }));
