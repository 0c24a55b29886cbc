import { randomBytes, randomInt } from 'node:crypto';

/** An id made without a central counter: a random positive integer below 2^48, the most that `randomInt` gives. */
export const randomId = (): number => randomInt(1, 2 ** 48 - 1);

/** A new token: its kind and 256 random bits. */
export const randomToken = (kind: 'ses' | 'app'): string =>
  `${kind}_${randomBytes(32).toString('base64url')}`;
