import type { SavedEmail } from '../adapters/outbox.ts';
import { type Decide, Undecidable } from '../adapters/outbox-by-hand.ts';
import { type Fault, fault } from '../contract/faults.ts';
import type { Reading } from '../contract/read-params.ts';
import type { EmailState, SavedEmailView } from '../contract/saved-email.ts';
import type { Outcome } from '../pipeline/action.ts';
import type { Resources } from '../pipeline/resources.ts';
import { unknownEmail, viewOfEmail } from './view-of-email.ts';

/** What deciding on an e-mail needs of the world. */
export interface Dependencies {
  /**
   * Carries out the decision, and saves the outcome with that.
   *
   * @throws {Undecidable} if there is nothing to decide
   */
  decide(email_id: number, outcomeOf: (after: SavedEmail) => Outcome): Promise<SavedEmail>;
}

/** Binds a decision to the table. */
export const decisionDependencies = ({ table, now, writesOf }: Resources, decide: Decide): Dependencies => ({
  decide: (email_id, outcomeOf) => decide(table, email_id, now, (after) => writesOf(outcomeOf(after))),
});

/** Why there is nothing to decide, by what the e-mail is; one that waits has been taken in that very moment. */
const FAULTS: Record<EmailState, Fault> = {
  sending: fault('email_id', 'being-sent', 'is an e-mail that is being sent'),
  sent: fault('email_id', 'sent', 'is an e-mail that was sent'),
  discarded: fault('email_id', 'discarded', 'is an e-mail that was discarded'),
  unsent: fault('email_id', 'unsent', 'is an e-mail that is to be sent'),
  parked: fault('email_id', 'parked', 'is an e-mail that is parked'),
};

/** The action that decides on an e-mail that was not sent. */
export const decideOnEmail = ({ decide }: Dependencies) => ({
  run: async ({
    params,
  }: {
    params: Reading<{ email_id: number }>;
  }): Promise<{ data: { email: SavedEmailView } }> => {
    const { email_id } = params.complete();
    const dataOf = (after: SavedEmail) => ({ data: { email: viewOfEmail(after) } });
    try {
      return dataOf(await decide(email_id, dataOf));
    } catch (error) {
      if (!(error instanceof Undecidable)) throw error;
      throw params.refusal([error.state === undefined ? unknownEmail() : FAULTS[error.state]]);
    }
  },
});
