import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import * as z from 'zod/mini';

/** A password's hash, with what it takes to compute it again. `salt` and `hash` are in base64. */
export const passwordHashSchema = z.object({
  algorithm: z.literal('scrypt'),
  cost: z.int(),
  blockSize: z.int(),
  parallelization: z.int(),
  salt: z.string(),
  hash: z.string(),
});
export type PasswordHash = z.infer<typeof passwordHashSchema>;

/** OWASP's first choice for scrypt (Password Storage Cheat Sheet): 128 MiB, which a function's memory must hold. */
const PARAMETERS = { cost: 2 ** 17, blockSize: 8, parallelization: 1 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;

const compute = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

const hashOf = (
  password: string,
  { salt, cost, blockSize, parallelization }: Omit<PasswordHash, 'algorithm' | 'hash'>,
): Promise<Buffer> =>
  // Normalised, since one keyboard composes a character that another writes as one (NIST SP 800-63B, 5.1.1.2).
  compute(password.normalize('NFKC'), Buffer.from(salt, 'base64'), HASH_BYTES, {
    cost,
    blockSize,
    parallelization,
    maxmem: 2 * 128 * cost * blockSize,
  });

/** Hashes a password anew, by today's parameters. */
export const hashPassword = async (password: string): Promise<PasswordHash> => {
  const how = { ...PARAMETERS, salt: randomBytes(SALT_BYTES).toString('base64') };
  return { algorithm: 'scrypt', ...how, hash: (await hashOf(password, how)).toString('base64') };
};

/** Stands in for the hash of a user that does not exist: it takes as long to compute, and nothing matches it. */
const NOBODY = { ...PARAMETERS, salt: '', hash: '' };

/**
 * Whether a password is the one that was hashed. Without a hash it takes as long, and it is not. One that is wrong takes as
 * long too when its hash was made before the cost was raised: the right one is hashed anew, which takes longer still.
 */
export const matchesPassword = async (
  password: string,
  stored: PasswordHash | undefined,
): Promise<boolean> => {
  const computed = await hashOf(password, stored ?? NOBODY);
  if (stored === undefined) return false;
  if (timingSafeEqual(computed, Buffer.from(stored.hash, 'base64'))) return true;
  if (isOutdated(stored)) {
    // scrypt's cost is a power of two: after one doubling this is just what is missing.
    const cost = 2 ** Math.floor(Math.log2(PARAMETERS.cost - stored.cost));
    await hashOf(password, { ...NOBODY, cost });
  }
  return false;
};

/** Whether a hash was made with weaker parameters than today's, and should be made anew when the password is known. */
export const isOutdated = ({ cost, blockSize, parallelization }: PasswordHash): boolean =>
  cost * blockSize * parallelization < PARAMETERS.cost * PARAMETERS.blockSize * PARAMETERS.parallelization;
