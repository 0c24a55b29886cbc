import { type Email, type EmailContent, emailTo, type Saving } from '../outbox/email.ts';
import type { EmailAtHand } from '../outbox/outbox-row.ts';
import type { Table } from '../table/table.ts';
import type { Write } from '../table/write.ts';
import { apiUrl } from './environment.ts';
import { invitationEmail, PROOF_EMAILS, resetEmail, verificationEmail } from './letters.ts';
import { askedProof, madeProof, type Purpose, type Secrets } from './proofs.ts';

/** A proof that is asked for: what is saved of it, and the e-mail by which it goes out, which are saved together. */
export interface NewProof {
  write: Write;
  email: Email;
}

/** Asks a user for a proof. Those of its purpose before it end when it is saved. */
export const newProof = (purpose: Purpose, user_id: number, saving: Saving): NewProof => {
  const email = emailTo({ user_id }, PROOF_EMAILS[purpose], saving);
  const { email_id } = email;
  return { write: askedProof(purpose, { user_id, email_id }, saving.now), email };
};

const LETTERS: Record<Purpose, (apiUrl: string, secrets: Secrets) => EmailContent> = {
  verification: verificationEmail,
  reset: resetEmail,
  invitation: invitationEmail,
};

/**
 * What the e-mail of a proof says, with a link that is made now.
 *
 * @returns undefined if it is no such e-mail, or its proof was used or taken back, or another e-mail's has taken its place
 */
export const proofContent = async (
  table: Table,
  { email_id, kind, user_id }: EmailAtHand,
  now: Date,
): Promise<EmailContent | undefined> => {
  const purpose = (Object.keys(PROOF_EMAILS) as Purpose[]).find((each) => PROOF_EMAILS[each].kind === kind);
  if (purpose === undefined || user_id === undefined) return undefined;
  const secrets = await madeProof(table, purpose, { user_id, email_id }, now);
  return secrets && LETTERS[purpose](apiUrl(), secrets);
};
