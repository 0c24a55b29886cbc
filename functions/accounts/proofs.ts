import { randomBytes, randomInt } from 'node:crypto';
import * as z from 'zod/mini';
import { DAY_MS } from '../contract/days.ts';
import { id } from '../contract/params.ts';
import { isConditionFailed } from '../table/condition.ts';
import { digest } from '../table/digest.ts';
import { knownKinds } from '../table/known-kinds.ts';
import { partitions } from '../table/partitions.ts';
import { expiresAt, type Key } from '../table/row.ts';
import { RowKind } from '../table/row-kind.ts';
import type { Table } from '../table/table.ts';
import { unconditional, type Write } from '../table/write.ts';
import { hashPassword, type PasswordHash, passwordHashSchema, seedOf } from './passwords.ts';

/** What a proof is for, and for how long it holds, in milliseconds. */
export const PROOFS = {
  /** The address is the user's. */
  verification: { prefix: 'ver', forMs: DAY_MS },
  /** Another password may be set. */
  reset: { prefix: 'res', forMs: 60 * 60 * 1_000 },
  /** Another password may be set, and whoever sets it is an employee from then on. */
  invitation: { prefix: 'inv', forMs: 3 * DAY_MS },
} as const;
export type Purpose = keyof typeof PROOFS;

/** So often a code may be tried: of a million codes that leaves a stranger 5. */
const MOST_TRIES = 5;

/**
 * What was sent to the address of a user so that whoever has it proves to be the user. There is one for each purpose: the next one
 * takes its place.
 */
export interface Proof {
  user_id: number;
  /** The SHA-256 of the link's token. */
  token: string;
  /**
   * The hash of the code, as slow as that of a password: a million codes are tried in a moment where hashing is fast. Undefined for one
   * without a code.
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
    token: z.string(),
    code: z.optional(knownKinds('algorithm', { scrypt: passwordHashSchema })),
    tries: z.int(),
    until: z.iso.datetime(),
  }),
);

export const proofKey = (purpose: Purpose, user_id: number): Key => ({
  pk: `${partitions.proof}${user_id}`,
  sk: purpose.toUpperCase(),
});

/** A proof that is about to be sent, and what only its recipient is to know of it. */
export interface NewProof {
  proof: Proof;
  token: string;
}

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

/** Makes a proof with a link. */
export const newLink = (purpose: Purpose, user_id: number, now: Date): NewProof => {
  const token = newToken(purpose, user_id);
  const until = new Date(now.getTime() + PROOFS[purpose].forMs).toISOString();
  return { proof: { user_id, token: digest(token), code: undefined, tries: 0, until }, token };
};

/** Makes a proof with a link and a code of 6 digits. */
export const newLinkAndCode = async (
  purpose: Purpose,
  user_id: number,
  now: Date,
): Promise<NewProof & { code: string }> => {
  const { proof, token } = newLink(purpose, user_id, now);
  const code = String(randomInt(0, 1_000_000)).padStart(6, '0');
  const { hashed } = await hashPassword(code);
  return { proof: { ...proof, code: hashed }, token, code };
};

/** Saves a proof in the place of the one before it, for the transaction that saves its e-mail. */
export const savedProof = (purpose: Purpose, proof: Proof): Write => ({
  put: {
    Item: {
      ...proofKey(purpose, proof.user_id),
      ...proof,
      expires_at: expiresAt(Date.parse(proof.until)),
    },
  },
  refused: unconditional,
});

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
      ConditionExpression: 'tries < :most',
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
