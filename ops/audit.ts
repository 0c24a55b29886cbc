import { userInfo } from 'node:os';
import { Command } from 'commander';
import { type AuditEntry, auditEntries, audited } from '../functions/audit/audit.ts';
import type { Write } from '../functions/table/write.ts';
import { releaseOfCheckout } from '../infra/checkout.ts';
import { awsAccountOf } from './aws-account.ts';
import { sayLeftOut } from './left-out.ts';
import { countOf, timeOf } from './parse.ts';
import { say, tablePrinter, word } from './print.ts';
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
  const print = tablePrinter(['AT', 'BY', 'ACTION', 'ABOUT', 'RELEASE']);
  print([]);
  let [left, last] = [limit, ''];
  for await (const { sk, at, by, action, about: what, release } of auditEntries(table, {
    ...range,
    now: new Date(),
  })) {
    if (about !== undefined && String(what.id) !== about && String(by.id) !== about) continue;
    if (left === 0) {
      const words = [
        'audit list',
        range.since && `--since ${range.since}`,
        about && `--about ${word(about)}`,
      ];
      say(
        `The list goes on: ${opsCommand(target, [...words, `--before ${last}`].filter(Boolean).join(' '))}`,
      );
      break;
    }
    print([[at, `${by.kind} ${by.id}`, action, `${what.kind} ${what.id}`, release]]);
    [left, last] = [left - 1, sk];
  }
  sayLeftOut(table, target);
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
