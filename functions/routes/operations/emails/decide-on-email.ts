import type * as z from 'zod/mini';
import { type Fault, fault } from '../../../contract/faults.ts';
import type { Reading } from '../../../contract/read-params.ts';
import type { decidedEmailView, EmailState } from '../../../outbox/email-view.ts';
import { type Decide, type Decision, Undecidable } from '../../../outbox/outbox-operator.ts';
import type { WordedAnswer, Work } from '../../../pipeline/action.ts';
import type { Resources } from '../../../pipeline/resources.ts';
import { unknownEmail, viewOfEmail } from './view-of-email.ts';

/** Everything that deciding on an e-mail needs of the world. */
export interface Dependencies {
  /** @throws {Undecidable} if there is nothing to decide */
  decide(email_id: number): Promise<Decision>;
}

/** Binds a decision to the table. */
export const decisionDependencies = ({ table, now }: Resources, decide: Decide): Dependencies => ({
  decide: (email_id) => decide(table, email_id, now),
});

/** Why there is nothing to decide, by what the e-mail is; one that waits has been taken in that very moment. */
const FAULTS: Readonly<Partial<Record<string, Fault>>> = {
  sending: fault('email_id', 'being-sent', 'is an e-mail that is being sent'),
  sent: fault('email_id', 'sent', 'is an e-mail that was sent'),
  discarded: fault('email_id', 'discarded', 'is an e-mail that was discarded'),
  unsent: fault('email_id', 'unsent', 'is an e-mail that is to be sent'),
  parked: fault('email_id', 'parked', 'is an e-mail that is parked'),
  unreadable: fault('email_id', 'unreadable', 'is an e-mail whose row cannot be read'),
  'without-text': fault('email_id', 'without-text', 'is an e-mail whose text was a secret, and is gone'),
} satisfies Record<EmailState | 'unreadable' | 'without-text', Fault>;

const faultOf = (state: string | undefined): Fault =>
  state === undefined
    ? unknownEmail()
    : (FAULTS[state] ?? fault('email_id', 'unknown-state', 'is an e-mail in a state of another release'));

/** The action that decides on an e-mail that was not sent. */
export const decideOnEmail = ({ decide }: Dependencies) => ({
  run: async (
    { params }: { params: Reading<{ email_id: number }> },
    begin: () => Work<z.infer<typeof decidedEmailView>>,
  ): Promise<WordedAnswer> => {
    const { email_id } = params.complete();
    try {
      const { after, write } = await decide(email_id);
      return await begin()
        .add(write)
        .record({ kind: 'email', id: email_id })
        .commit({ data: { email: after === undefined ? null : viewOfEmail(after) } });
    } catch (error) {
      if (!(error instanceof Undecidable)) throw error;
      throw params.refusal([faultOf(error.state)]);
    }
  },
});
