import { randomBytes, randomInt } from 'node:crypto';
import * as z from 'zod/mini';
import { DAY_MS } from '../contract/days.ts';
import { id } from '../contract/params.ts';
import { conditionHolds, isConditionFailed } from '../table/condition.ts';
import { digest } from '../table/digest.ts';
import { knownKinds } from '../table/known-kinds.ts';
import { partitions } from '../table/partitions.ts';
import { expiresAt, type Key } from '../table/row.ts';
import { RowKind } from '../table/row-kind.ts';
import type { Table } from '../table/table.ts';
import { removed, unconditional, type Write } from '../table/write.ts';
import { hashPassword, type PasswordHash, passwordHashSchema, seedOf } from './passwords.ts';

/** What a proof is for, for how long it holds, in milliseconds, and whether a code proves it as well as a link. */
export const PROOFS = {
  /** The address is the user's. */
  verification: { prefix: 'ver', forMs: DAY_MS, hasCode: true },
  /** Another password may be set. */
  reset: { prefix: 'res', forMs: 60 * 60 * 1_000, hasCode: false },
  /** Another password may be set, and whoever sets it is an employee from then on. */
  invitation: { prefix: 'inv', forMs: 3 * DAY_MS, hasCode: false },
} as const;
export type Purpose = keyof typeof PROOFS;

/** So often a code may be tried: of a million codes that leaves a stranger 5. */
const MOST_TRIES = 5;

/**
 * What is sent to the address of a user so that whoever has it proves to be the user. There is one for each purpose: the next one
 * takes its place.
 */
export interface Proof {
  user_id: number;
  /** The SHA-256 of the link's token; undefined until its e-mail is sent, which nothing proves. */
  token?: string | undefined;
  /**
   * The hash of the code, as slow as that of a password: a million codes are tried in a moment where hashing is fast. Undefined for one
   * without a code, and until its e-mail is sent.
   */
  code?: PasswordHash | undefined;
  /** How often a code was tried. */
  tries: number;
  /** Until when it holds. */
  until: string;
}

/** Proofs. */
export const proofRows = new RowKind<Proof>(
  z.object({
    user_id: id,
    token: z.optional(z.string()),
    code: z.optional(knownKinds('algorithm', { scrypt: passwordHashSchema })),
    tries: z.int(),
    until: z.iso.datetime(),
  }),
);

export const proofKey = (purpose: Purpose, user_id: number): Key => ({
  pk: `${partitions.proof}${user_id}`,
  sk: purpose.toUpperCase(),
});

/** The token of a link: whose it is, and 256 random bits. */
const newToken = (purpose: Purpose, user_id: number): string =>
  `${PROOFS[purpose].prefix}_${user_id}_${randomBytes(32).toString('base64url')}`;

/** The user whose the token of a link is, if it is one; whether it holds is not said by that. */
export const userOfToken = (purpose: Purpose, token: string): number | undefined => {
  const [, prefix, user_id] = /^([a-z]{3})_([1-9]\d{0,15})_[\w-]{43}$/.exec(token) ?? [];
  const whose = Number(user_id);
  return prefix === PROOFS[purpose].prefix && Number.isSafeInteger(whose) ? whose : undefined;
};

/** What links are for by which another password is set. */
const FOR_PASSWORDS = ['reset', 'invitation'] as const satisfies readonly Purpose[];
export type PasswordPurpose = (typeof FOR_PASSWORDS)[number];

/** For what the token of a link is by which another password is set, and whose it is; undefined if it is none. */
export const passwordLink = (token: string): { purpose: PasswordPurpose; user_id: number } | undefined => {
  for (const purpose of FOR_PASSWORDS) {
    const user_id = userOfToken(purpose, token);
    if (user_id !== undefined) return { purpose, user_id };
  }
  return undefined;
};

const endOf = (purpose: Purpose, now: Date): Date => new Date(now.getTime() + PROOFS[purpose].forMs);

/** When DynamoDB may forget what belongs to a proof that is asked for now: its e-mail may be tried for a day and an hour before. */
export const forgottenFrom = (purpose: Purpose, now: Date): number =>
  expiresAt(endOf(purpose, now).getTime() + 2 * DAY_MS);

/**
 * Asks for a proof, in the place of the one before it, for the transaction that saves its e-mail. There is no link and no code yet: they
 * are made when the e-mail is sent, and so are in no row, and hold from then on.
 */
export const askedProof = (
  purpose: Purpose,
  { user_id, email_id }: { user_id: number; email_id: number },
  now: Date,
): Write => ({
  put: {
    Item: {
      ...proofKey(purpose, user_id),
      user_id,
      email_id,
      tries: 0,
      until: endOf(purpose, now).toISOString(),
      expires_at: forgottenFrom(purpose, now),
    },
  },
  refused: unconditional,
});

/** What only the recipient of a proof's e-mail is to know of it. */
export interface Secrets {
  token: string;
  /** 6 digits; undefined for a proof without a code. */
  code?: string | undefined;
}

/**
 * Makes the link and the code of a proof that was asked for, in the place of those that its e-mail may have carried when it was tried
 * before, and keeps their hashes.
 *
 * @param email_id the e-mail that is about to be sent
 * @returns undefined if the proof was used or taken back, or another e-mail's has taken its place
 */
export const madeProof = async (
  table: Table,
  purpose: Purpose,
  { user_id, email_id }: { user_id: number; email_id: number },
  now: Date,
): Promise<Secrets | undefined> => {
  const token = newToken(purpose, user_id);
  const code = PROOFS[purpose].hasCode ? String(randomInt(0, 1_000_000)).padStart(6, '0') : undefined;
  const isAskedFor = await conditionHolds(
    table.update({
      Key: proofKey(purpose, user_id),
      UpdateExpression: `SET #token = :token, #until = :until${code ? ', #code = :code' : ''}`,
      ConditionExpression: 'email_id = :email',
      ExpressionAttributeNames: { '#token': 'token', '#until': 'until', ...(code && { '#code': 'code' }) },
      ExpressionAttributeValues: {
        ':token': digest(token),
        ':until': endOf(purpose, now).toISOString(),
        ':email': email_id,
        ...(code && { ':code': (await hashPassword(code)).hashed }),
      },
    }),
  );
  return isAskedFor ? { token, code } : undefined;
};

/** The proof that a user was sent last, if it was not used. */
export const findProof = async (
  table: Table,
  purpose: Purpose,
  user_id: number,
): Promise<Proof | undefined> => {
  const row = await table.getAgain(proofKey(purpose, user_id));
  return row && proofRows.readOrLeaveOut(table, row);
};

/** Whether a proof holds for whoever has the token of its link. */
export const holdsByToken = (proof: Proof, token: string, now: Date): boolean =>
  proof.token === digest(token) && now.toISOString() <= proof.until;

/**
 * The proof of a user, of which a code is about to be tried: that is counted before it is judged, so that of codes that are tried at
 * once no more are judged than one after the other. Undefined when there is none whose code may be tried.
 */
export const proofToTry = async (
  table: Table,
  purpose: Purpose,
  user_id: number,
): Promise<Proof | undefined> => {
  try {
    const row = await table.updated({
      Key: proofKey(purpose, user_id),
      UpdateExpression: 'ADD tries :one',
      // Until its e-mail is sent there is no code, of which nobody can use up the tries.
      ConditionExpression: 'tries < :most AND attribute_exists(code)',
      ExpressionAttributeValues: { ':one': 1, ':most': MOST_TRIES },
    });
    return proofRows.readOrLeaveOut(table, row);
  } catch (error) {
    if (isConditionFailed(error)) return undefined;
    throw error;
  }
};

/** Whether a proof holds for whoever has a code. Without a proof none is right, and it takes as long to say so. */
export const holdsByCode = async (proof: Proof | undefined, code: string, now: Date): Promise<boolean> => {
  const isRight = (await seedOf(code, proof?.code)) !== undefined;
  return isRight && proof !== undefined && now.toISOString() <= proof.until;
};

/** Thrown when a proof was used, or another one has taken its place. */
export class ProofEnded extends Error {}

/** Uses a proof up, for the transaction of what it proves. */
export const usedProof = (purpose: Purpose, { user_id, token }: Proof): Write => ({
  remove: {
    Key: proofKey(purpose, user_id),
    ConditionExpression: '#token = :token',
    ExpressionAttributeNames: { '#token': 'token' },
    ExpressionAttributeValues: { ':token': token },
  },
  refused: () => new ProofEnded(),
});

/** Ends a proof that was not used, for the transaction after which it would prove nothing new. */
export const ended = (purpose: Purpose, user_id: number): Write => removed(proofKey(purpose, user_id));
