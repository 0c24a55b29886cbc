import type { Command } from 'commander';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { MEANINGS } from '../../functions/notifications/alert-message.ts';
import { NOTIFICATION_KINDS } from '../../functions/notifications/notification.ts';
import { createProgram } from '../../ops/program.ts';
import { type Target, targetOf } from '../../ops/target.ts';
import { type Account, startAccount } from '../support/aws-account.ts';
import { TestStack } from '../support/local-stack.ts';
import { runProgram, typed } from '../support/ops.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();
let account: Account;
let aws: Awaited<ReturnType<typeof startAccount>>;
beforeEach(async () => {
  account = { id: '123456789012', stacks: {}, subscriptions: [] };
  aws = await startAccount(account);
  for (const service of ['STS', 'CLOUDFORMATION', 'SNS', 'SSM', 'LAMBDA'])
    vi.stubEnv(`AWS_ENDPOINT_URL_${service}`, aws.url);
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
});
afterEach(() => aws.close());

/** A stage whose table is the test's. */
const open =
  (changed: Partial<Target> = {}) =>
  (stage: string | undefined): Target => ({
    ...targetOf(stage),
    tableName: db.name,
    mandrillUrl: 'http://127.0.0.1:1',
    ...changed,
  });
const run = (words: readonly string[], input?: Parameters<typeof runProgram>[2]) =>
  runProgram(open(), words, input);

const leavesOf = (command: Command, words: readonly string[] = []): { command: Command; words: string[] }[] =>
  command.commands.flatMap((inner) => {
    const path = [...words, inner.name()];
    return inner.commands.length > 0 ? leavesOf(inner, path) : [{ command: inner, words: path }];
  });
/** What acts on no stage at all. */
const NOWHERE = 'stack read';
/** Every other command that there is, with arguments and options that it takes. */
const leaves = leavesOf(createProgram()).filter(({ words }) => words.join(' ') !== NOWHERE);
const commands = leaves.map(({ command, words }) => ({
  name: words.join(' '),
  line: [
    ...words,
    ...command.registeredArguments.filter(({ required }) => required).map(() => '7'),
    ...command.options
      .filter(({ mandatory }) => mandatory)
      .flatMap(({ long, argChoices }) => [long ?? '', argChoices?.[0] ?? '7']),
  ],
}));
const READING = ['list', 'show', 'doctor', 'retry-now', 'run'];
const reads = ({ name }: { name: string }) => READING.includes(name.split(' ').at(-1) ?? '');

const WHERE = 'In production: region local, account 123456789012, which infra/stages.ts does not name\n';
/** What does not change a table. */
const LOOKS = /^(BatchGetItem|Describe\w+|GetItem|List\w+|Query|Scan)$/;

describe('every command', () => {
  it.each(NOTIFICATION_KINDS)('What an alert of the kind %s says to type is a command', (kind) => {
    const [words = ''] = MEANINGS[kind].command.split(' --');
    expect(commands.map(({ name }) => name)).toContain(words);
  });

  it('Every command is found, those that change and those that only look', () => {
    expect(commands.length).toBeGreaterThan(20);
    expect(commands.filter(reads).length).toBeGreaterThan(5);
  });

  it.each(commands)(
    'The command $name says first on which stage, region and account it acts, apart from what it finds',
    async ({ line }) => {
      const { stderr, stdout } = await run([...line, '--stage', 'production']);
      expect(stderr.startsWith(WHERE)).toBe(true);
      expect(stdout).not.toContain('In production');
    },
  );

  it.each(commands.filter((command) => !reads(command)))(
    'The command $name changes nothing in production without a word',
    async ({ line }) => {
      const { failure } = await run([...line, '--stage', 'production']);
      expect(failure?.message).toMatch(
        /changes production, and nobody can be asked here: with --yes it is done\.$/,
      );
      const asked = await run([...line, '--stage', 'production'], typed('no\n'));
      expect(asked.stderr).toMatch(/changes production\. Go on\?/);
      expect(asked.failure?.message).toBe('Nothing was changed.');
      expect(db.wire.operations).toEqual([]);
    },
  );

  it.each(commands.filter(reads))('The command $name asks nothing, and only looks', async ({ line }) => {
    const { stderr } = await run([...line, '--stage', 'production'], typed('no\n'));
    expect(stderr).not.toContain('Go on?');
    for (const operation of db.wire.operations) expect(operation).toMatch(LOOKS);
  });

  it.each(commands)(
    'The command $name does nothing with the credentials of another account',
    async ({ name, line }) => {
      const stage = {
        ...(targetOf('production').stage as NonNullable<Target['stage']>),
        account: '999999999999',
      };
      const { failure, stdout } = await runProgram(open({ stage }), [
        ...line,
        '--stage',
        'production',
        '--yes',
      ]);
      const said = name === 'doctor' ? stdout : failure?.message;
      expect(said).toContain(
        'The credentials are of the account 123456789012, and production is of 999999999999',
      );
      expect(db.wire.operations.filter((operation) => !LOOKS.test(operation))).toEqual([]);
    },
  );
});

it('The account is asked for once, also by the doctor, which says it again', async () => {
  const { stdout } = await run(['doctor', '--stage', 'production']);
  expect(stdout).toMatch(/^ok +credentials +account 123456789012/);
  expect(aws.asked.filter((action) => action === 'GetCallerIdentity')).toHaveLength(1);
});

describe('what changes production', () => {
  const line = ['services', 'withdraw', 'orders', '--stage', 'production'];
  beforeEach(() => db.put({ pk: 'DEPLOYMENT', sk: 'SERVICE#orders', name: 'orders' }));
  const withdrawn = async () =>
    (await db.row({ pk: 'DEPLOYMENT', sk: 'SERVICE#orders' }))?.withdrawn_at !== undefined;

  it.each([
    ['is done with --yes, and nobody is asked', [...line, '--yes'], undefined],
    ['is done with --yes before the command as well', ['--yes', ...line], undefined],
    ['is done when somebody says yes', line, typed('yes\n')],
  ])('What changes production %s', async (_, words, input) => {
    const { failure, stderr } = await run(words, input);
    expect(failure).toBeUndefined();
    expect(await withdrawn()).toBe(true);
    expect(stderr.includes('Go on?')).toBe(input !== undefined);
  });

  it.each(['n\n', '\n', '', 'maybe\n'])(
    'What changes production is not done when somebody says %j',
    async (answer) => {
      const { failure } = await run(line, typed(answer));
      expect(failure?.message).toBe('Nothing was changed.');
      expect(await withdrawn()).toBe(false);
    },
  );

  it('What changes a stage other than production is not asked about', async () => {
    const { failure } = await run(['services', 'withdraw', 'orders', '--stage', 'staging']);
    expect(failure).toBeUndefined();
    expect(await withdrawn()).toBe(true);
  });
});

describe('before a service is withdrawn', () => {
  const said = async (...words: string[]) => {
    const { stderr } = await run([...words, '--stage', 'production'], typed('no\n'));
    return stderr.slice(WHERE.length, stderr.search(/(services|routes) withdraw changes production/));
  };

  it('Before auth is withdrawn it is said whom that locks out', async () => {
    const warned = await said('services', 'withdraw', 'auth');
    expect(warned).toContain('sessions/create');
    expect(warned).toContain('Whoever is not signed in is locked out');
    expect(warned).toContain('Nobody can sign in, on the console either');
    expect(await said('routes', 'withdraw', 'sessions/create')).toContain('Nobody can sign in');
  });

  it('Before a service is withdrawn it is said which routes go with it', async () => {
    expect(await said('services', 'withdraw', 'orders')).toMatch(
      /^No request to orders\/create, .*appointments\/reschedule is answered until it is restored\.\n$/,
    );
    expect(await said('services', 'withdraw', 'operations')).toContain('The console shows nothing');
    expect(await said('services', 'withdraw', 'nothing')).toBe('');
  });
});

describe('a stage that cannot be reached', () => {
  const failed = async () => (await run(['routes', 'list', '--stage', 'production'])).failure?.message;

  it('A stage that cannot be reached for lack of a region says what to type', async () => {
    vi.stubEnv('AWS_REGION', undefined);
    vi.stubEnv('HOME', '/nowhere');
    expect(await failed()).toBe(
      'No region is set, and production names none (infra/stages.ts). Type: export AWS_REGION=<region>',
    );
  });

  it('A stage that cannot be reached for credentials that AWS does not take says so in one line', async () => {
    account.id = undefined;
    expect(await failed()).toMatch(
      /^AWS takes no credentials of this environment \(InvalidClientTokenId: [^\n]*\)\. Type: aws configure$/,
    );
  });

  it('A stage that cannot be reached for credentials that have expired says so', async () => {
    account.expired = true;
    expect(await failed()).toBe(
      'The credentials of this environment have expired (ExpiredToken). Type: aws sso login',
    );
  });

  it('A stage that cannot be reached for lack of credentials says so', async () => {
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(name, undefined);
    vi.stubEnv('HOME', '/nowhere');
    expect(await failed()).toMatch(
      /^AWS takes no credentials of this environment \(CredentialsProviderError: [^\n]*\)\. Type: aws configure$/,
    );
  });
});

describe('the stack on this machine', () => {
  let api: TestStack;
  beforeAll(async () => {
    api = await TestStack.start();
  });
  afterAll(() => api.stop());

  it('The stack on this machine is named by its address, and nothing is asked', async () => {
    const { stderr, failure } = await runProgram(() => api.target, ['routes', 'withdraw', 'orders/update']);
    expect(failure).toBeUndefined();
    expect(stderr).toMatch(
      `On this machine: ${api.stack.url}, table plano-orders-dev\nNo request to orders/update`,
    );
  });
});
