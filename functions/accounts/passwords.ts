import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import * as z from 'zod/mini';
import { OWASP_COST, type PasswordEnvironment } from './password-cost.ts';

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

/** What passwords are hashed with today, at the cost that the environment says. */
const parameters = ({ SCRYPT_COST = String(OWASP_COST) }: Partial<PasswordEnvironment> = process.env) => ({
  cost: Number(SCRYPT_COST),
  blockSize: 8,
  parallelization: 1,
});
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/**
 * scrypt gives as many bytes as are asked for. The first are stored; those that follow are stored nowhere, cannot be told
 * from the first, and so are known only while somebody gives the password: secrets can be derived from them.
 */
const SEED_BYTES = 32;

const compute = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** What is computed now, or was at last. */
let computing: Promise<unknown> = Promise.resolve();

/**
 * Computes one hash after another. Each takes one of the few threads of the process for some tenths of a second, and what else needs
 * one meanwhile, such as looking up Mandrill's address while a job sends many codes, is to find it.
 */
const computeInTurn: typeof compute = (...args) => {
  const computed = computing.then(() => compute(...args));
  computing = computed.catch(() => undefined);
  return computed;
};

const derive = async (
  password: string,
  { salt, cost, blockSize, parallelization }: Omit<PasswordHash, 'algorithm' | 'hash'>,
): Promise<{ hash: Buffer; seed: Buffer }> => {
  // Normalised, since one keyboard composes a character that another writes as one (NIST SP 800-63B, 5.1.1.2).
  const text = password.normalize('NFKC');
  const bytes = await computeInTurn(text, Buffer.from(salt, 'base64'), HASH_BYTES + SEED_BYTES, {
    cost,
    blockSize,
    parallelization,
    maxmem: 2 * 128 * cost * blockSize,
  });
  return { hash: bytes.subarray(0, HASH_BYTES), seed: bytes.subarray(HASH_BYTES) };
};

/** Hashes a password anew, by today's parameters. `seed` is what only the password gives. */
export const hashPassword = async (
  password: string,
  environment?: Partial<PasswordEnvironment>,
): Promise<{ hashed: PasswordHash; seed: Buffer }> => {
  const how = { ...parameters(environment), salt: randomBytes(SALT_BYTES).toString('base64') };
  const { hash, seed } = await derive(password, how);
  return { hashed: { algorithm: 'scrypt', ...how, hash: hash.toString('base64') }, seed };
};

/** Stands in for the hash of a user that does not exist: it takes as long to compute, and nothing matches it. */
const nobody = () => ({ ...parameters(), salt: '', hash: '' });

/**
 * What only the password that was hashed gives; undefined for another. Without a hash it takes as long, and every password
 * is another. One that is wrong takes as long too when its hash was made before the cost was raised: the right one is
 * hashed anew, which takes longer still.
 */
export const seedOf = async (
  password: string,
  stored: PasswordHash | undefined,
): Promise<Buffer | undefined> => {
  const { hash, seed } = await derive(password, stored ?? nobody());
  if (stored === undefined) return undefined;
  if (timingSafeEqual(hash, Buffer.from(stored.hash, 'base64'))) return seed;
  if (isOutdated(stored)) {
    // scrypt's cost is a power of two: after one doubling this is just what is missing.
    const cost = 2 ** Math.floor(Math.log2(parameters().cost - stored.cost));
    await derive(password, { ...nobody(), cost });
  }
  return undefined;
};

/** Whether a hash was made with weaker parameters than today's, and should be made anew when the password is known. */
export const isOutdated = (hashed: PasswordHash): boolean => workOf(hashed) < workOf(parameters());

const workOf = ({ cost, blockSize, parallelization }: ReturnType<typeof parameters>): number =>
  cost * blockSize * parallelization;
