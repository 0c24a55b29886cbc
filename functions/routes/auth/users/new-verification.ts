import { apiUrl } from '../../../accounts/environment.ts';
import { verificationEmail } from '../../../accounts/letters.ts';
import { newLinkAndCode, savedProof } from '../../../accounts/proofs.ts';
import type { EmailContent } from '../../../outbox/email.ts';
import type { Write } from '../../../table/write.ts';

/** What asks a user whether an address is theirs: what is saved of it, and the e-mail that has the rest. */
export interface Verification {
  write: Write;
  content: EmailContent;
}

/** Makes a link and a code for a user; those before them end when they are saved. */
export const newVerification = async (user_id: number, now: Date): Promise<Verification> => {
  const made = await newLinkAndCode('verification', user_id, now);
  return { write: savedProof('verification', made.proof), content: verificationEmail(apiUrl(), made) };
};
