import type * as z from 'zod/mini';
import { type User, viewOfUser } from '../../../../accounts/user.ts';
import { type Fault, fault, missing } from '../../../../contract/faults.ts';
import type { Reading } from '../../../../contract/read-params.ts';
import type { Action } from '../../../../pipeline/action.ts';
import type { Write } from '../../../../table/write.ts';
import { newlyVerified } from '../verified-address.ts';
import type { verifyUser as route } from './route.ts';

/** What verifying an address needs of the world. */
export interface Dependencies<Proof> {
  newId(): number;
  /** Attempts from one source to prove something; both throw when too many have failed. */
  attemptsFrom(source: string): { permit(): Promise<unknown>; record(): Promise<void> };
  /** The proof that a link's token is; undefined if it is none that holds. */
  byToken(token: string): Promise<Proof | undefined>;
  /** The proof that a code is for an address, which counts as a try; undefined if it is none, in the same time. */
  byCode(email: string, code: string): Promise<Proof | undefined>;
  /**
   * Notes that the proof's user has the address; undefined if the proof was used meanwhile.
   *
   * @param commit commits the writes, for the user as it was before, in a transaction with whatever belongs to it
   */
  save<T>(
    proof: Proof,
    commit: (before: User, writes: readonly Write[]) => Promise<T>,
  ): Promise<T | undefined>;
}

type Params = Reading<z.infer<(typeof route)['params']>>;

/** What is wrong with how something is given to prove it: either the link's token, or the address with the code. */
const faultsOfGiven = ({ isGiven }: Params): Fault[] => {
  const [email, code] = [isGiven('email'), isGiven('code')];
  if (!isGiven('verification')) {
    if (!email && !code) return [missing('verification')];
    return [...(email ? [] : [missing('email')]), ...(code ? [] : [missing('code')])];
  }
  return email || code
    ? [fault('verification', 'conflicting', 'is given beside an address or a code: one of them is enough')]
    : [];
};

const WRONG = {
  verification: fault(
    'verification',
    'wrong',
    'is not a link that holds: it was used, has ended or never was one',
  ),
  code: fault('code', 'wrong', 'or email is wrong, or the code was used or has ended'),
};

/**
 * Verifies the address of a user. An address that nobody has, one that is verified, and a code that is wrong or has ended look
 * the same, and take as long.
 */
export const verifyUser = <Proof>({
  newId,
  attemptsFrom,
  byToken,
  byCode,
  save,
}: Dependencies<Proof>): Action<typeof route> => ({
  looksUpFirst: true,

  run: async ({ params, source, now, requestId }, begin) => {
    const { verification, email = '', code = '' } = params.complete(faultsOfGiven(params));
    const attempts = attemptsFrom(source);
    await attempts.permit();
    const proof = verification === undefined ? await byCode(email, code) : await byToken(verification);
    const answer =
      proof &&
      (await save(proof, (before, writes) => {
        const verified = newlyVerified(before, { newId, requestId, now });
        return begin()
          .add(...writes, ...verified.writes)
          .send(...verified.messages)
          .commit({ data: { user: viewOfUser({ ...before, email_verified: true }) } });
      }));
    if (answer !== undefined) return answer;
    await attempts.record();
    throw params.refusal([verification === undefined ? WRONG.code : WRONG.verification]);
  },
});
