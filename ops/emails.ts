import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { causeOf } from '../functions/outbox/delivery.ts';
import { isSecret } from '../functions/outbox/email.ts';
import { WAITING_STATES, type WaitingState } from '../functions/outbox/email-view.ts';
import { findSavedEmail } from '../functions/outbox/outbox.ts';
import { discardEmail, resendEmail, Undecidable } from '../functions/outbox/outbox-operator.ts';
import type { EmailSummary } from '../functions/outbox/outbox-row.ts';
import type { Table } from '../functions/table/table.ts';
import type { Input } from './ask-secret.ts';
import { recorded } from './audit.ts';
import { sayLeftOut } from './left-out.ts';
import { waitingEmails } from './list-emails.ts';
import { type Choice, decideOnMany, type ManyDecision } from './many-emails.ts';
import { idOf } from './parse.ts';
import { printTable, say } from './print.ts';
import { retryNow } from './retry-now.ts';
import { OpsError, type Target, tableOf } from './target.ts';

/** So many are listed where nobody says how many. */
const LISTED = 1_000;

const failureInWords = ({ last_failure }: EmailSummary): string =>
  last_failure === undefined ? '' : causeOf(last_failure);

const list = async (target: Target, state: WaitingState | undefined, limit: number): Promise<void> => {
  const table = tableOf(target);
  const emails: EmailSummary[] = [];
  let more = false;
  for await (const email of waitingEmails(table, state)) {
    more = emails.length === limit;
    if (more) break;
    emails.push(email);
  }
  printTable(
    ['EMAIL ID', 'STATE', 'KIND', 'ORDER', 'SAVED', 'ATTEMPTS', 'DUE OR PARKED', 'LAST FAILURE'],
    emails.map((email) => [
      String(email.email_id),
      email.state,
      email.kind,
      String(email.order_id ?? ''),
      email.created_at,
      String(email.attempts),
      email.due_at ?? '',
      failureInWords(email),
    ]),
  );
  if (more) say(`These are the first ${limit}; there are more, which --limit <number> lists.`);
  sayLeftOut(table, target);
};

const unknown = (email_id: number): OpsError => new OpsError(`There is no e-mail ${email_id}.`);

const show = async (table: Table, email_id: number): Promise<void> => {
  const email = await findSavedEmail(table, email_id);
  if (email === undefined) throw unknown(email_id);
  const { state, last_failure } = email;
  const facts: [string, unknown][] = [
    ['email_id', email_id],
    ['state', state],
    ['kind', email.kind],
    ['client_id', email.client_id],
    ['user_id', email.user_id],
    ['order_id', email.order_id],
    ['request_id', email.request_id],
    ['saved', email.created_at],
    ['tried since', email.tried_since],
    ['attempts', email.attempts],
    [state === 'parked' ? 'parked' : 'due', email.due_at],
    ['last failure', last_failure && `${failureInWords(email)} (${last_failure.at})`],
    ['sent', email.sent_at],
    ['mandrill_id', email.mandrill_id],
    ['subject', email.subject],
  ];
  for (const [name, value] of facts) if (value !== undefined) say(`${name.padEnd(13)} ${value}`);
  say('');
  const text = isSecret(email) ? 'Its text is a secret, for its recipient alone.' : (email.text ?? '');
  for (const line of text.split('\n')) say(line);
};

/** Changes an e-mail, or says in which state it cannot be changed. */
const change = async (
  target: Target,
  email_id: number,
  { name, decide }: ManyDecision,
  done: string,
): Promise<void> => {
  const table = tableOf(target);
  try {
    const { write } = await decide(table, email_id, new Date());
    await table.transact([write, await recorded(target, `emails ${name}`, { kind: 'email', id: email_id })]);
  } catch (error) {
    if (!(error instanceof Undecidable)) throw error;
    if (error.state === undefined) throw unknown(email_id);
    throw new OpsError(`E-mail ${email_id} cannot be changed: it is ${error.state}.`);
  }
  say(`E-mail ${email_id} ${done}`);
};

const emailId = (name: '<email_id>' | '[email_id]') => new Argument(name, 'see: emails list').argParser(idOf);
const stateOption = () => new Option('--state <state>', 'only those in that state');

const RESENT: ManyDecision = {
  name: 'resend',
  decide: resendEmail,
  done: 'sent again',
  isDone: ({ state, due_at = '' }, now) => state === 'unsent' && due_at <= now.toISOString(),
};
const DISCARDED: ManyDecision = {
  name: 'discard',
  decide: discardEmail,
  done: 'discarded',
  isDone: () => false,
};

/** A decision on one e-mail by its id, or on all that have failed of a cause. */
const decisionCommand = (
  { target, input }: { target: () => Target; input: Input },
  decision: ManyDecision,
  done: string,
): Command =>
  new Command(decision.name)
    .addArgument(emailId('[email_id]'))
    .option('--cause <cause>', 'all of that cause, or kind of cause: see LAST FAILURE of the list')
    .addOption(stateOption().choices(['unsent', 'parked']))
    .action(async (id: number | undefined, { cause, ...choice }: Partial<Choice>, command: Command) => {
      if ((id === undefined) === (cause === undefined)) {
        throw new OpsError('Which? Name one e-mail by its id, or many by --cause <cause>.');
      }
      if (id !== undefined) await change(target(), id, decision, done);
      const isSaid = command.optsWithGlobals<{ yes?: boolean }>().yes === true;
      if (cause !== undefined)
        await decideOnMany(target(), { cause, ...choice }, decision, { input, isSaid });
    });

const countOf = (text: string): number => {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('It is a number from 1 on.');
  return Number(text);
};

/** The commands for saved e-mails. */
export const emailCommands = (target: () => Target, input: Input = process.stdin): Command[] => {
  const group = new Command('emails').description('looks after e-mails that were not sent');
  group
    .command('list')
    .addOption(stateOption().choices(WAITING_STATES))
    .option('--limit <number>', 'how many at most', countOf, LISTED)
    .description('those that are still to be sent, and those that wait for you')
    .action(({ state, limit }: { state?: WaitingState; limit: number }) => list(target(), state, limit));
  group
    .command('show')
    .addArgument(emailId('<email_id>'))
    .description('one e-mail, whatever its state')
    .action((id: number) => show(tableOf(target()), id));
  group.addCommand(
    decisionCommand({ target, input }, RESENT, 'is due now.').description(
      'has one sent that is unsent or parked, or many: due now, and tried for another 24 hours',
    ),
  );
  group.addCommand(
    decisionCommand({ target, input }, DISCARDED, 'will not be sent.').description(
      'gives one up that waits, or many; they are kept for 90 days',
    ),
  );
  group
    .command('retry-now')
    .description('sends what is due at once, without waiting for the next minute')
    .action(() => retryNow(target()));
  return [group];
};
