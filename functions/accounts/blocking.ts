import type { Write } from '../table/write.ts';
import { loginKey, NOT_BLOCKED } from './logins.ts';

/** Thrown when a user is blocked already, or is not. */
export class BlockedAlready extends Error {}
export class NotBlocked extends Error {}

/**
 * Keeps the user of an e-mail address out, for a transaction: from then on no password is the right one, also for whoever is
 * about to sign in. Another password changes nothing about that.
 */
export const blocked = (email: string, now: Date): Write => ({
  update: {
    Key: loginKey(email),
    UpdateExpression: 'SET blocked_at = :now',
    ConditionExpression: `attribute_exists(pk) AND ${NOT_BLOCKED}`,
    ExpressionAttributeValues: { ':now': now.toISOString() },
  },
  refused: () => new BlockedAlready(),
});

/** Lets a user in again, for a transaction. */
export const unblocked = (email: string): Write => ({
  update: {
    Key: loginKey(email),
    UpdateExpression: 'REMOVE blocked_at',
    ConditionExpression: 'attribute_exists(blocked_at)',
  },
  refused: () => new NotBlocked(),
});
