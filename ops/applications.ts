import { Command, Option } from 'commander';
import { callerName } from '../functions/accounts/account-params.ts';
import {
  ApplicationError,
  createApplication,
  finishRotation,
  type IssuedToken,
  listApplications,
  revokeApplication,
  startRotation,
} from '../functions/accounts/applications.ts';
import { SCOPES, type Scope } from '../functions/contract/define-route.ts';
import { recorded } from './audit.ts';
import { sayLeftOut } from './left-out.ts';
import { idOf, lineOf } from './parse.ts';
import { printTable, say, word } from './print.ts';
import { OpsError, type Target, tableOf } from './target.ts';

const printToken = ({ application, token }: IssuedToken): void => {
  say(
    `Application ${application.application_id} (${application.name}). Its token, which is shown this once only:`,
  );
  say(token);
};

/** Does something with an application, of which there is perhaps none. */
const saying = async <T>(act: Promise<T>): Promise<T> => {
  try {
    return await act;
  } catch (error) {
    throw error instanceof ApplicationError ? new OpsError(error.message) : error;
  }
};

const recordedFor = (target: Target, verb: string) => (id: number) =>
  recorded(target, `applications ${verb}`, { kind: 'application', id });

/** The commands for programs that call the API. */
export const applicationCommands = (target: () => Target): Command[] => {
  const group = new Command('applications').description('gives programs access, and takes it away');
  group
    .command('create')
    .argument('<name>', 'what people call it', lineOf(callerName))
    .addOption(new Option('--scope <scope...>', 'what it may do').choices(SCOPES).makeOptionMandatory())
    .description('makes an application and prints its token, once')
    .action(async (name: string, { scope }: { scope: Scope[] }) =>
      printToken(
        await saying(
          createApplication(
            tableOf(target()),
            { name, scopes: [...new Set(scope)] },
            new Date(),
            recordedFor(target(), 'create'),
          ),
        ),
      ),
    );
  group
    .command('list')
    .description('all applications')
    .action(async () => {
      const table = tableOf(target());
      const applications = await listApplications(table);
      printTable(
        ['APPLICATION ID', 'NAME', 'SCOPES', 'CREATED', 'TOKENS'],
        applications.map(({ application_id, name, scopes, created_at, tokens }) => [
          String(application_id),
          word(name),
          scopes.join(', '),
          created_at,
          String(tokens.length),
        ]),
      );
      sayLeftOut(table, target());
    });
  group
    .command('revoke')
    .argument('<application_id>', 'see: applications list', idOf)
    .description('revokes an application and all its tokens at once')
    .action(async (id: number) => {
      await saying(revokeApplication(tableOf(target()), id, recordedFor(target(), 'revoke')));
      say(`Application ${id} is revoked.`);
    });
  group
    .command('rotate')
    .argument('<application_id>', 'see: applications list', idOf)
    .option('--finish', 'revokes the old token')
    .description('prints a second token, beside which the first stays valid until --finish')
    .action(async (id: number, { finish }: { finish?: boolean }) => {
      const table = tableOf(target());
      if (finish) {
        await saying(finishRotation(table, id, recordedFor(target(), 'rotate --finish')));
        return say(`Application ${id}: the old token is revoked.`);
      }
      printToken(await saying(startRotation(table, id, new Date(), recordedFor(target(), 'rotate'))));
    });
  return [group];
};
