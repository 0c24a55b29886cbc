import { Command, InvalidArgumentError, Option } from 'commander';
import { callerName } from '../functions/accounts/account-params.ts';
import {
  ApplicationError,
  createApplication,
  findApplication,
  finishRotation,
  type IssuedToken,
  lastUses,
  listApplications,
  revokeApplication,
  startRotation,
} from '../functions/accounts/applications.ts';
import { isInForce } from '../functions/accounts/tokens.ts';
import { SCOPES, type Scope } from '../functions/contract/define-route.ts';
import { recorded } from './audit.ts';
import { sayLeftOut } from './left-out.ts';
import { idOf, lineOf, timeOf } from './parse.ts';
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

/** A time to come, as it is typed. */
const endOf = (text: string): string => {
  const time = timeOf(text);
  if (time <= new Date().toISOString()) throw new InvalidArgumentError('It is past.');
  return time;
};
const expires = () =>
  new Option('--expires <date>', 'from when on its token is none any more; never, without').argParser(endOf);

/** The day of a use: no more is known of it. */
const dayOf = (time: string | undefined): string => time?.slice(0, 10) || 'not yet';

const list = async (target: Target): Promise<void> => {
  const table = tableOf(target);
  const applications = await listApplications(table);
  const uses = await Promise.all(applications.map((each) => lastUses(table, each)));
  printTable(
    ['APPLICATION ID', 'NAME', 'SCOPES', 'CREATED', 'TOKENS', 'EXPIRES', 'LAST USED'],
    applications.map(({ application_id, name, scopes, created_at, tokens }, index) => [
      String(application_id),
      word(name),
      scopes.join(', '),
      created_at,
      String(tokens.length),
      tokens.at(-1)?.valid_until ?? 'never',
      dayOf(uses[index]?.reduce((one = '', other = '') => (one > other ? one : other))),
    ]),
  );
  sayLeftOut(table, target);
};

const show = async (target: Target, id: number): Promise<void> => {
  const table = tableOf(target);
  const application = await saying(findApplication(table, id));
  const uses = await lastUses(table, application);
  say(`application_id ${id}`);
  say(`name           ${application.name}`);
  say(`scopes         ${application.scopes.join(', ')}`);
  say(`created        ${application.created_at}`);
  const now = new Date();
  printTable(
    ['TOKEN CREATED', 'EXPIRES', 'LAST USED'],
    application.tokens.map((token, index) => [
      token.created_at,
      `${token.valid_until ?? 'never'}${isInForce(token, now) ? '' : ', has expired'}`,
      dayOf(uses[index]),
    ]),
  );
  sayLeftOut(table, target);
};

/** The commands for programs that call the API. */
export const applicationCommands = (target: () => Target): Command[] => {
  const group = new Command('applications').description('gives programs access, and takes it away');
  group
    .command('create')
    .argument('<name>', 'what people call it', lineOf(callerName))
    .addOption(new Option('--scope <scope...>', 'what it may do').choices(SCOPES).makeOptionMandatory())
    .addOption(expires())
    .description('makes an application and prints its token, once')
    .action(async (name: string, { scope, expires: valid_until }: { scope: Scope[]; expires?: string }) =>
      printToken(
        await saying(
          createApplication(
            tableOf(target()),
            { name, scopes: [...new Set(scope)], valid_until },
            new Date(),
            recordedFor(target(), 'create'),
          ),
        ),
      ),
    );
  group
    .command('list')
    .description('all applications')
    .action(() => list(target()));
  group
    .command('show')
    .argument('<application_id>', 'see: applications list', idOf)
    .description('one application, when its tokens end, and on which day each was used last')
    .action((id: number) => show(target(), id));
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
    .addOption(expires())
    .description('prints a second token, beside which the first stays valid until --finish')
    .action(async (id: number, { finish, expires: valid_until }: { finish?: boolean; expires?: string }) => {
      const table = tableOf(target());
      if (finish) {
        await saying(finishRotation(table, id, recordedFor(target(), 'rotate --finish')));
        return say(`Application ${id}: the old token is revoked.`);
      }
      printToken(
        await saying(
          startRotation(table, id, { now: new Date(), valid_until }, recordedFor(target(), 'rotate')),
        ),
      );
    });
  return [group];
};
