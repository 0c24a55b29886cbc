import type { Saving } from '../outbox/email.ts';
import { removed, unconditional, type Write } from '../table/write.ts';
import { type NewProof, newProof } from './proof-emails.ts';
import { forgottenFrom, proofKey } from './proofs.ts';
import { rowInEmployees, rowInInvited } from './user-list.ts';
import { changedUser, type UserRow } from './users.ts';

/**
 * Invites a user to be an employee, by a link that goes to the user's address. The role is given when the link is used, with
 * another password and the end of all sessions: whoever has registered the address before, and is signed in, never has it.
 *
 * @returns what saves it, for the transaction that saves its e-mail, and that
 */
export const newInvitation = (
  user_id: number,
  saving: Saving,
): { writes: Write[]; email: NewProof['email'] } => {
  const { write, email } = newProof('invitation', user_id, saving);
  const listed: Write = {
    put: { Item: { ...rowInInvited({ user_id }), expires_at: forgottenFrom('invitation', saving.now) } },
    refused: unconditional,
  };
  return { writes: [write, listed], email };
};

/** Takes an invitation back. */
export const withdrawnInvitation = (user_id: number): Write[] => {
  const { pk, sk } = rowInInvited({ user_id });
  return [removed(proofKey('invitation', user_id)), removed({ pk, sk })];
};

/** Makes a user an employee who has used the link of an invitation, and with it has proved whose the address is. */
export const employed = (user: UserRow): Write[] => [
  changedUser(user, { email_verified: true, held: { ...user.held, employee: true } }),
  { put: { Item: rowInEmployees(user) }, refused: unconditional },
];
