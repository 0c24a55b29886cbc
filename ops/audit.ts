import { userInfo } from 'node:os';
import { Command } from 'commander';
import { type AuditEntry, auditEntries, audited } from '../functions/audit/audit.ts';
import type { Write } from '../functions/table/write.ts';
import { releaseOfCheckout } from '../infra/checkout.ts';
import { awsAccountOf } from './aws-account.ts';
import { sayLeftOut } from './left-out.ts';
import { countOf, timeOf } from './parse.ts';
import { printTable, say, word } from './print.ts';
import { opsCommand, type Target, tableOf } from './target.ts';

/** Who types commands: on AWS by the credentials of the environment, on this machine by its system. */
const operatorOf = async (target: Target): Promise<string> =>
  target.stage === undefined ? userInfo().username : (await awsAccountOf(target)).caller;

/** The release of these commands, for which git is asked once. */
let release: string | undefined;

/** Adds to the audit trail that an operator does something, for the transaction that does it. */
export const recorded = async (
  target: Target,
  action: string,
  about: AuditEntry['about'],
): Promise<Write> => {
  release ??= releaseOfCheckout();
  return audited({
    at: new Date().toISOString(),
    by: { kind: 'operator', id: await operatorOf(target) },
    action,
    about,
    release,
  });
};

/** Does so by itself, before something is done that is no one transaction: what then fails is in the trail as well. */
export const recordFirst = async (...given: Parameters<typeof recorded>): Promise<void> =>
  tableOf(given[0]).transact([await recorded(...given)]);

interface ListOptions {
  since?: string;
  limit: number;
  about?: string;
  before?: string;
}

const list = async (target: Target, { limit, about, ...range }: ListOptions): Promise<void> => {
  const table = tableOf(target);
  const isMeant = ({ about: what, by }: AuditEntry): boolean =>
    about === undefined || String(what.id) === about || String(by.id) === about;
  const found: (AuditEntry & { sk: string })[] = [];
  for await (const entry of auditEntries(table, { ...range, now: new Date() })) {
    if (isMeant(entry)) found.push(entry);
    if (found.length > limit) break;
  }
  const shown = found.slice(0, limit);
  printTable(
    ['AT', 'BY', 'ACTION', 'ABOUT', 'RELEASE'],
    shown.map(({ at, by, action, about: what, release }) => [
      at,
      `${by.kind} ${by.id}`,
      action,
      `${what.kind} ${what.id}`,
      release,
    ]),
  );
  sayLeftOut(table, target);
  if (shown.length === found.length) return;
  const { since } = range;
  const chosen = [since && ` --since ${since}`, about && ` --about ${word(about)}`].filter(Boolean).join('');
  say(
    `The list goes on: ${opsCommand(target, `audit list${chosen} --limit ${limit} --before ${shown.at(-1)?.sk}`)}`,
  );
};

/** The commands for the audit trail. */
export const auditCommands = (target: () => Target): Command[] => {
  const group = new Command('audit').description('tells who did what');
  group
    .command('list')
    .option('--since <date>', 'those of that day, or time, and later', timeOf)
    .option('--limit <count>', 'at most so many', countOf, 100)
    .option('--about <id>', 'only those about that id or name, or by whoever has it')
    .option('--before <place>', 'goes on before that one')
    .description('what operators and employees did, the latest first')
    .action((options: ListOptions) => list(target(), options));
  return [group];
};
