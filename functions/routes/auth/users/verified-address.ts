import type { User } from '../../../accounts/user.ts';
import { verifiedClient } from '../../../clients/clients.ts';
import { welcomeEmail } from '../../../clients/letters.ts';
import { type Email, emailTo } from '../../../outbox/email.ts';
import type { Write } from '../../../table/write.ts';

/** What a user gets who has proved that the address is theirs, besides that the user itself changes. */
export interface NewlyVerified {
  writes: readonly Write[];
  messages: readonly Email[];
}

/**
 * What goes with the verification of a user's address: a user who is a client already may be written to from now on, beginning with
 * the welcome that was kept until then.
 */
export const newlyVerified = (
  { email_verified, held: { client_id }, name }: User,
  saving: Parameters<typeof emailTo>[2],
): NewlyVerified =>
  email_verified || client_id === null
    ? { writes: [], messages: [] }
    : {
        writes: [verifiedClient(client_id)],
        messages: [emailTo({ client_id }, welcomeEmail(name), saving)],
      };
