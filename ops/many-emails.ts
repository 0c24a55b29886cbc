import { causeOf } from '../functions/outbox/delivery.ts';
import type { WaitingState } from '../functions/outbox/email-view.ts';
import { type Decide, Undecidable } from '../functions/outbox/outbox-operator.ts';
import type { EmailSummary } from '../functions/outbox/outbox-row.ts';
import type { Table } from '../functions/table/table.ts';
import type { Input } from './ask-secret.ts';
import { recorded } from './audit.ts';
import { confirm } from './confirm.ts';
import { sayLeftOut } from './left-out.ts';
import { waitingEmails } from './list-emails.ts';
import { say } from './print.ts';
import { type Target, tableOf } from './target.ts';

/** So many e-mails are changed at once. */
const BATCH = 25;
/** After so many it is said how far it has got: some seconds on AWS. */
const PROGRESS = 500;

/** Which e-mails: those that failed last of a cause, as lists show it, or of a kind of cause; of a state, or of each. */
export interface Choice {
  cause: string;
  state?: WaitingState;
}

/** Where somebody types, and whether whoever typed the command has said yes with it. */
interface Asking {
  input: Input;
  isSaid: boolean;
}

/** What is done to each of them. */
export interface ManyDecision {
  /** The command's, after `emails`. */
  name: string;
  decide: Decide;
  /** Such as `sent again`. */
  done: string;
  /** Whether it would change nothing for an e-mail, so that a command that was interrupted goes on where it was. */
  isDone(email: EmailSummary, now: Date): boolean;
}

const hasCause = ({ last_failure }: EmailSummary, cause: string): boolean =>
  last_failure !== undefined && (causeOf(last_failure) === cause || last_failure.kind === cause);

const chosenIds = async (
  target: Target,
  { cause, state }: Choice,
  { isDone }: ManyDecision,
): Promise<number[]> => {
  const table = tableOf(target);
  const now = new Date();
  const ids: number[] = [];
  let seen = 0;
  for await (const email of waitingEmails(table, state)) {
    if (hasCause(email, cause) && email.state !== 'sending' && !isDone(email, now)) ids.push(email.email_id);
    seen += 1;
    if (seen % (10 * PROGRESS) === 0) say(`${seen} looked at …`);
  }
  sayLeftOut(table, target);
  return ids;
};

/** Decides about one e-mail; false if there is nothing to decide about it any more. */
const decideOn = async (
  target: Target,
  table: Table,
  email_id: number,
  { name, decide }: ManyDecision,
): Promise<boolean> => {
  try {
    const { write } = await decide(table, email_id, new Date());
    await table.transact([write, await recorded(target, `emails ${name}`, { kind: 'email', id: email_id })]);
    return true;
  } catch (error) {
    if (error instanceof Undecidable) return false;
    throw error;
  }
};

/** What somebody at a terminal has to say yes to, who has not said it with the command. */
const askFor = async (question: string, { input, isSaid }: Asking): Promise<void> => {
  if (isSaid || input.isTTY !== true) return;
  await confirm(question, input);
};

/**
 * Decides about many e-mails, in batches, telling how far it has got. Each is decided about by itself: if it is interrupted, the
 * same command goes on with the rest.
 *
 * @throws {OpsError} if whoever is asked does not want it
 */
export const decideOnMany = async (
  target: Target,
  choice: Choice,
  decision: ManyDecision,
  asking: Asking,
): Promise<void> => {
  const ids = await chosenIds(target, choice, decision);
  say(`${ids.length} e-mails have failed with “${choice.cause}”, and can be ${decision.done}.`);
  if (ids.length === 0) return;
  await askFor(`Shall all ${ids.length} be ${decision.done}?`, asking);
  let [changed, looked] = [0, 0];
  for (let start = 0; start < ids.length; start += BATCH) {
    const batch = ids.slice(start, start + BATCH);
    // A table of its own for each, which then remembers no more than these.
    const table = tableOf(target);
    const outcomes = await Promise.allSettled(batch.map((id) => decideOn(target, table, id, decision)));
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    changed += outcomes.filter((outcome) => outcome.status === 'fulfilled' && outcome.value).length;
    looked += batch.length;
    if (looked % PROGRESS === 0 && looked < ids.length) say(`${looked} of ${ids.length} …`);
  }
  say(`${changed} e-mails are ${decision.done}.`);
  if (changed < looked) say(`${looked - changed} were sent or taken meanwhile, and are left as they are.`);
};
