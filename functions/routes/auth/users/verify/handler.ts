import { SIGN_IN_SOURCE_LIMIT } from '../../../../accounts/attempt-limits.ts';
import { Attempts } from '../../../../accounts/attempts.ts';
import { findLogin } from '../../../../accounts/logins.ts';
import {
  findProof,
  holdsByCode,
  holdsByToken,
  type Proof,
  ProofEnded,
  proofToTry,
  usedProof,
  userOfToken,
} from '../../../../accounts/proofs.ts';
import { changedUser, untilUserUnchanged } from '../../../../accounts/users.ts';
import { pipeline } from '../../../../pipeline/pipeline.ts';
import { randomId } from '../../../../table/ids.ts';
import { verifyUser as route } from './route.ts';
import { verifyUser } from './verify.ts';

export const handler = pipeline(route, ({ table, now }) =>
  verifyUser<Proof>({
    newId: randomId,
    attemptsFrom: (source) => new Attempts(table, [{ limit: SIGN_IN_SOURCE_LIMIT, who: source }], now),
    byToken: async (token) => {
      const user_id = userOfToken('verification', token);
      const proof = user_id === undefined ? undefined : await findProof(table, 'verification', user_id);
      return proof && holdsByToken(proof, token, now) ? proof : undefined;
    },
    byCode: async (email, code) => {
      const login = await findLogin(table, email);
      // Where there is no user a row is asked for that nobody has.
      const proof = await proofToTry(table, 'verification', login?.user_id ?? randomId());
      return (await holdsByCode(proof, code, now)) ? proof : undefined;
    },
    save: async (proof, commit) => {
      try {
        return await untilUserUnchanged(table, proof.user_id, (user) =>
          commit(user, [usedProof('verification', proof), changedUser(user, { email_verified: true })]),
        );
      } catch (error) {
        if (error instanceof ProofEnded) return undefined;
        throw error;
      }
    },
  }),
);
