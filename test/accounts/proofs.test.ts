import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  askedProof,
  findProof,
  holdsByCode,
  holdsByToken,
  madeProof,
  type Proof,
  ProofEnded,
  proofKey,
  proofToTry,
  usedProof,
  userOfToken,
} from '../../functions/accounts/proofs.ts';
import { randomId } from '../../functions/table/ids.ts';
import { NOW } from '../support/sessions.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();
const at = (milliseconds: number) => new Date(NOW.getTime() + milliseconds);
const DAY_MS = 24 * 60 * 60 * 1_000;

beforeEach(() => {
  vi.stubEnv('SCRYPT_COST', '32');
});

const found = (user_id: number) => findProof(db.open(), 'verification', user_id);
/** Asks a user for a proof, by an e-mail. */
const askedFor = async (user_id = randomId()) => {
  const about = { user_id, email_id: randomId() };
  await db.open().transact([askedProof('verification', about, NOW)]);
  return about;
};
const make = (about: { user_id: number; email_id: number }, now = NOW) =>
  madeProof(db.open(), 'verification', about, now);
/** The proof of a user, as its e-mail is sent. */
const made = async (user_id?: number) => {
  const about = await askedFor(user_id);
  const { token = '', code = '' } = (await make(about)) ?? {};
  const proof = (await found(about.user_id)) as Proof;
  return { proof, token, code, ...about };
};
const otherThan = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

describe('the token of a link', () => {
  it('It says whose it is, and nothing else does', async () => {
    const { token, user_id } = await made();
    expect(userOfToken('verification', token)).toBe(user_id);
    for (const other of [
      '',
      'ver_',
      token.slice(1),
      `${token}x`,
      token.replace('ver', 'xyz'),
      `ver_0_${'x'.repeat(43)}`,
    ]) {
      expect(userOfToken('verification', other)).toBeUndefined();
    }
    expect(userOfToken('verification', `ver_9007199254740992_${'x'.repeat(43)}`)).toBeUndefined();
  });

  it('It is stored nowhere, and neither is the code', async () => {
    const { token, code, user_id } = await made();
    const stored = JSON.stringify(await db.open().getAgain(proofKey('verification', user_id)));
    expect(stored).not.toContain(token.split('_').slice(2).join('_'));
    expect(stored).not.toContain(`"${code}"`);
  });

  it('It holds for 24 hours, and no other does', async () => {
    const { token, proof } = await made();
    const other = await made();
    expect(holdsByToken(proof, token, at(DAY_MS))).toBe(true);
    expect(holdsByToken(proof, token, at(DAY_MS + 1))).toBe(false);
    expect(holdsByToken(proof, other.token, NOW)).toBe(false);
  });
});

describe('a code', () => {
  it('It holds for 24 hours, and no other does', async () => {
    const { code, proof } = await made();
    expect(code).toMatch(/^\d{6}$/);
    expect(await holdsByCode(proof, code, at(DAY_MS))).toBe(true);
    expect(await holdsByCode(proof, code, at(DAY_MS + 1))).toBe(false);
    expect(await holdsByCode(proof, otherThan(code), NOW)).toBe(false);
    expect(await holdsByCode(undefined, code, NOW)).toBe(false);
  });

  it('It can be tried 5 times, of however many tries at once', async () => {
    const { user_id } = await made();
    const tries = await Promise.all(
      Array.from({ length: 9 }, () => proofToTry(db.open(), 'verification', user_id)),
    );
    expect(tries.filter((proof) => proof !== undefined)).toHaveLength(5);
    expect(await proofToTry(db.open(), 'verification', randomId())).toBeUndefined();
  });

  it('Nobody can use up its tries before it is sent', async () => {
    const about = await askedFor();
    for (let tries = 1; tries <= 6; tries += 1)
      expect(await proofToTry(db.open(), 'verification', about.user_id)).toBeUndefined();
    await make(about);
    expect(await proofToTry(db.open(), 'verification', about.user_id)).toMatchObject({ tries: 1 });
  });
});

describe('a proof', () => {
  it('Nothing proves it before its e-mail is sent', async () => {
    const { user_id } = await askedFor();
    const proof = (await found(user_id)) as Proof;
    for (const token of ['', 'undefined', `ver_${user_id}_${'x'.repeat(43)}`])
      expect(holdsByToken(proof, token, NOW)).toBe(false);
    expect(await holdsByCode(proof, '', NOW)).toBe(false);
    expect(proof).not.toHaveProperty('token');
  });

  it('It holds from when its e-mail is sent, and by what was sent last', async () => {
    const about = await askedFor();
    const first = await make(about);
    const second = await make(about, at(DAY_MS / 2));
    const proof = (await found(about.user_id)) as Proof;
    expect(holdsByToken(proof, first?.token ?? '', NOW)).toBe(false);
    expect(holdsByToken(proof, second?.token ?? '', at(1.5 * DAY_MS))).toBe(true);
    expect(await holdsByCode(proof, first?.code ?? '', NOW)).toBe(false);
    expect(await holdsByCode(proof, second?.code ?? '', NOW)).toBe(true);
  });

  it('It is made for no e-mail but the last that asks for it, and not once it was used', async () => {
    const first = await askedFor();
    const last = await made(first.user_id);
    expect(await make(first)).toBeUndefined();
    expect(await found(first.user_id)).toEqual(last.proof);
    await db.open().transact([usedProof('verification', last.proof)]);
    expect(await make(last)).toBeUndefined();
    expect(await found(first.user_id)).toBeUndefined();
  });

  it('It is used once, and not when another has taken its place', async () => {
    const first = await made();
    await db.open().transact([usedProof('verification', first.proof)]);
    expect(await found(first.user_id)).toBeUndefined();
    const again = () => db.open().transact([usedProof('verification', first.proof)]);
    await expect(again()).rejects.toBeInstanceOf(ProofEnded);
    await made(first.user_id);
    await expect(again()).rejects.toBeInstanceOf(ProofEnded);
    expect(await found(first.user_id)).toBeDefined();
  });
});
