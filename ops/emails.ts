import { Argument, Command, Option } from 'commander';
import { findSavedEmail, type SavedEmail } from '../functions/adapters/outbox.ts';
import { type Decide, discardEmail, resendEmail, Undecidable } from '../functions/adapters/outbox-by-hand.ts';
import type { Table } from '../functions/adapters/table.ts';
import { EMAIL_STATES, WAITING_STATES, type WaitingState } from '../functions/contract/saved-email.ts';
import { listedEmails } from './list-emails.ts';
import { idOf } from './parse.ts';
import { printTable, say } from './print.ts';
import { retryNow } from './retry-now.ts';
import { OpsError, type Target, tableOf } from './target.ts';

const failureInWords = ({ last_failure }: SavedEmail): string =>
  last_failure === undefined ? '' : `${last_failure.kind}: ${last_failure.cause}`;

const list = async (table: Table, states: readonly WaitingState[]): Promise<void> => {
  const emails = await listedEmails(table, states);
  printTable(
    ['EMAIL ID', 'STATE', 'KIND', 'ORDER', 'SAVED', 'ATTEMPTS', 'DUE OR PARKED', 'LAST FAILURE'],
    emails.map((saved) => [
      String(saved.email.email_id),
      saved.state,
      saved.email.kind,
      String(saved.email.order_id ?? ''),
      saved.email.created_at,
      String(saved.attempts),
      saved.due_at ?? '',
      failureInWords(saved),
    ]),
  );
};

const unknown = (email_id: number): OpsError => new OpsError(`There is no e-mail ${email_id}.`);

const show = async (table: Table, email_id: number): Promise<void> => {
  const saved = await findSavedEmail(table, email_id);
  if (saved === undefined) throw unknown(email_id);
  const { email, last_failure } = saved;
  const facts: [string, unknown][] = [
    ['email_id', email_id],
    ['state', saved.state],
    ['kind', email.kind],
    ['client_id', email.client_id],
    ['order_id', email.order_id],
    ['request_id', email.request_id],
    ['saved', email.created_at],
    ['tried since', saved.tried_since],
    ['attempts', saved.attempts],
    [saved.state === 'parked' ? 'parked' : 'due', saved.due_at],
    ['last failure', last_failure && `${failureInWords(saved)} (${last_failure.at})`],
    ['sent', saved.sent_at],
    ['mandrill_id', saved.mandrill_id],
    ['subject', email.subject],
  ];
  for (const [name, value] of facts) if (value !== undefined) say(`${name.padEnd(13)} ${value}`);
  say('');
  for (const line of email.text.split('\n')) say(line);
};

/** Changes an e-mail, or says in which state it cannot be changed. */
const change = async (table: Table, email_id: number, decide: Decide, done: string): Promise<void> => {
  await decide(table, email_id, new Date()).catch((error: unknown) => {
    if (!(error instanceof Undecidable)) throw error;
    if (error.state === undefined) throw unknown(email_id);
    throw new OpsError(`E-mail ${email_id} cannot be changed: it is ${error.state}.`);
  });
  say(`E-mail ${email_id} ${done}`);
};

const emailId = () => new Argument('<email_id>', 'see: emails list').argParser(idOf);

/** The commands for saved e-mails. */
export const emailCommands = (target: () => Target): Command[] => {
  const group = new Command('emails').description('looks after e-mails that were not sent');
  group
    .command('list')
    .addOption(new Option('--state <state>', 'only those in that state').choices(WAITING_STATES))
    .description('those that are still to be sent, and those that wait for you')
    .action(({ state }: { state?: WaitingState }) =>
      list(tableOf(target()), state === undefined ? WAITING_STATES : [state]),
    );
  group
    .command('show')
    .addArgument(emailId())
    .description(`one e-mail, whatever its state: ${EMAIL_STATES.join(', ')}`)
    .action((id: number) => show(tableOf(target()), id));
  group
    .command('resend')
    .addArgument(emailId())
    .description('has one sent that is unsent or parked: it is due now, and tried for another 24 hours')
    .action((id: number) => change(tableOf(target()), id, resendEmail, 'is due now.'));
  group
    .command('discard')
    .addArgument(emailId())
    .description('gives one up that is unsent or parked; it is kept for 90 days')
    .action((id: number) => change(tableOf(target()), id, discardEmail, 'will not be sent.'));
  group
    .command('retry-now')
    .description('sends what is due at once, without waiting for the next minute')
    .action(() => retryNow(target()));
  return [group];
};
