import { execFile } from 'node:child_process';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { DeploymentRecords } from '../../functions/deployments/deployment-records.ts';
import { findDeployments } from '../../functions/deployments/deployment-state.ts';
import { parameterOf, type SetUp } from '../../functions/jobs/check-from-outside/set-up.ts';
import { catalogue } from '../../functions/routes/catalogue.ts';
import { createApp } from '../../infra/app.ts';
import { authorizationFor } from '../../infra/local/dynamodb.ts';
import type { LoopbackServer } from '../../infra/local/loopback.ts';
import { startMandrill } from '../../infra/local/mandrill.ts';
import { startParameters } from '../../infra/local/parameters.ts';
import { setUpCheck } from '../../ops/check-set-up.ts';
import { BOOTSTRAP_VERSION } from '../../ops/doctor/account.ts';
import { doctorCommands } from '../../ops/doctor.ts';
import { type Target, targetOf } from '../../ops/target.ts';
import { unbundled } from '../infra/unbundled.ts';
import { type Account, startAccount } from '../support/aws-account.ts';
import { tableBehind } from '../support/behind.ts';
import { type FreshTable, freshTable } from '../support/dynamodb.ts';
import { TestStack } from '../support/local-stack.ts';
import { tryOps } from '../support/ops.ts';
import { type Fault, Wire } from '../support/wire.ts';

/** A stage on AWS of which everything is in order: stand-ins for its account, and the API and the table of a stack here. */
let api: TestStack;
let wire: Wire;
let server: LoopbackServer;
beforeAll(async () => {
  api = await TestStack.start();
  check = await setUpCheck(api.target, new Date());
  const { database } = api.stack;
  wire = await Wire.start(database.endpoint, authorizationFor(database));
});
afterAll(async () => {
  await wire.stop();
  await api.stop();
});

const KEY = 'md-right-key';
const BOOTSTRAP = '/cdk-bootstrap/hnb659fds/version';
const MANDRILL_KEY = '/plano-orders/dev/mandrill-key';
const CHECK = '/plano-orders/dev/check';
let check: SetUp;
let account: Account;
let given: Record<string, string>;
let mandrill: Awaited<ReturnType<typeof startMandrill>>;
/** What AWS tells of a table, and DynamoDB Local does not. */
let recoverable: boolean;
let protectedTable: boolean;

const backups: Fault = async () => ({
  status: 200,
  output: {
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: recoverable ? 'ENABLED' : 'DISABLED' },
    },
  },
});
const withProtection: Fault = async ({ input }, forward) => {
  const reply = await forward(input);
  if (reply.output.Table) reply.output.Table.DeletionProtectionEnabled = protectedTable;
  return reply;
};

beforeEach(async () => {
  account = {
    id: '123456789012',
    stacks: {
      'plano-orders-dev-state': {
        status: 'CREATE_COMPLETE',
        outputs: {
          AlertTopicArn: 'arn:aws:sns:eu-west-1:123456789012:pages',
          PagerTopicArn: 'arn:aws:sns:eu-west-1:123456789012:pager',
        },
      },
      'plano-orders-dev-api': { status: 'UPDATE_COMPLETE', outputs: { ApiUrl: api.stack.url } },
      'plano-orders-dev-auth': { status: 'CREATE_COMPLETE' },
      'plano-orders-dev-clients': { status: 'CREATE_COMPLETE' },
      'plano-orders-dev-orders': { status: 'CREATE_COMPLETE' },
      'plano-orders-dev-operations': { status: 'CREATE_COMPLETE' },
    },
    subscriptions: ['PendingConfirmation', 'arn:aws:sns:eu-west-1:123456789012:pages:1'],
  };
  given = { [BOOTSTRAP]: '21', [MANDRILL_KEY]: KEY, [CHECK]: parameterOf(check) };
  [recoverable, protectedTable] = [true, true];
  wire.reset();
  wire.fail('DescribeContinuousBackups', backups, Number.POSITIVE_INFINITY);
  wire.fail('DescribeTable', withProtection, Number.POSITIVE_INFINITY);
  mandrill = await startMandrill({ key: KEY });
  server = await startAccount(account);
  const environment = {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'id',
    AWS_SECRET_ACCESS_KEY: 'key',
    AWS_ENDPOINT_URL_STS: server.url,
    AWS_ENDPOINT_URL_CLOUDFORMATION: server.url,
    AWS_ENDPOINT_URL_SNS: server.url,
    AWS_ENDPOINT_URL_LAMBDA: server.url,
    AWS_ENDPOINT_URL_DYNAMODB: wire.endpoint,
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await mandrill.close();
  await server.close();
});

/** What the doctor prints of stage dev, and how it ends. */
const diagnosed = async (changed: Partial<Target> = {}) => {
  const parameters = await startParameters(given);
  vi.stubEnv('AWS_ENDPOINT_URL_SSM', parameters.endpoint);
  // Functions and their aliases are those of the stack here, as its records are.
  const { lambda, lambdaPauseMs } = api.target;
  const target = { ...targetOf('dev'), lambda, lambdaPauseMs, mandrillUrl: mandrill.apiUrl, ...changed };
  const result = await tryOps(doctorCommands, target, 'doctor');
  await parameters.close();
  return result;
};
/** The line of a check, and the one that says what to type. */
const about = (check: string, printed: string): string =>
  new RegExp(`^.*  ${check} .*(\\n +type: .*)?$`, 'm').exec(printed)?.[0] ?? '';

it('The doctor finds nothing wrong with a stage that is in order', async () => {
  const { printed, failure } = await diagnosed();
  expect(
    printed
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/ {2,}/)[0]),
  ).toEqual(Array(24).fill('ok'));
  expect(failure).toBeUndefined();
  expect(about('credentials', printed)).toContain('account 123456789012, region eu-west-1');
  expect(about('pages', printed)).toContain('1 subscribed. 1 yet to be confirmed');
  expect(printed).not.toMatch(/@example\.com|md-right/);
});

it('The doctor finds nothing wrong with the stack on this machine, of which it checks what there is', async () => {
  const { printed, failure } = await tryOps(doctorCommands, api.target, 'doctor');
  expect(failure).toBeUndefined();
  const names = [...printed.matchAll(/^ok +(\S+( key)?) /gm)].map(([, name]) => name);
  expect(names).toEqual([
    'table',
    'expiry',
    'indexes',
    'Mandrill’s key',
    'sender',
    'employees',
    'records',
    'API',
    'releases',
    'check',
  ]);
});

const deploy = 'npx cdk deploy --all -c stage=dev';
const again = 'npm run ops -- doctor --stage dev';

describe('says what is wrong and what to type', () => {
  it.each<[string, string, string, string, () => void]>([
    [
      'no region',
      'credentials',
      'No region is set',
      'export AWS_REGION=',
      () => vi.stubEnv('AWS_REGION', undefined),
    ],
    [
      'invalid credentials',
      'credentials',
      'InvalidClientTokenId',
      'aws configure',
      () => {
        account.id = undefined;
      },
    ],
    [
      'no bootstrap',
      'bootstrap',
      'not prepared for CDK',
      'npx cdk bootstrap -c stage=dev',
      () => {
        delete given[BOOTSTRAP];
      },
    ],
    [
      'an old bootstrap',
      'bootstrap',
      'It is of version 5',
      'npx cdk bootstrap -c stage=dev',
      () => {
        given[BOOTSTRAP] = '5';
      },
    ],
    [
      'no state stack, though its table is there',
      'state stack',
      'not deployed, but the table plano-orders-dev is there',
      `${deploy} --import-existing-resources`,
      () => {
        delete account.stacks['plano-orders-dev-state'];
      },
    ],
    [
      'no stack of a service',
      'orders stack',
      'not deployed',
      deploy,
      () => {
        delete account.stacks['plano-orders-dev-orders'];
      },
    ],
    [
      'a stack that was rolled back',
      'api stack',
      'UPDATE_ROLLBACK_COMPLETE',
      deploy,
      () => setStatus('UPDATE_ROLLBACK_COMPLETE'),
    ],
    ['a stack that failed', 'api stack', 'CREATE_FAILED', deploy, () => setStatus('CREATE_FAILED')],
    [
      'a first deployment that was rolled back',
      'api stack',
      'can only be deleted, and then deployed anew (ROLLBACK_COMPLETE)',
      'aws cloudformation delete-stack --stack-name plano-orders-dev-api',
      () => setStatus('ROLLBACK_COMPLETE'),
    ],
    [
      'a first deployment that was rolled back and is protected',
      'api stack',
      'can only be deleted',
      'aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ' +
        'plano-orders-dev-api && aws cloudformation delete-stack --stack-name plano-orders-dev-api',
      () => setStatus('ROLLBACK_FAILED', { isProtected: true }),
    ],
    [
      'a deletion that failed at what is protected',
      'api stack',
      'can only be deleted',
      'aws cloudformation delete-stack --stack-name plano-orders-dev-api --retain-resources Table1 Bucket2',
      () =>
        setStatus('DELETE_FAILED', {
          reason: 'The following resource(s) failed to delete: [Table1, Bucket2]. ',
        }),
    ],
    [
      'a first deployment that was never begun',
      'api stack',
      'never begun (REVIEW_IN_PROGRESS)',
      deploy,
      () => setStatus('REVIEW_IN_PROGRESS'),
    ],
    [
      'a deployment that could not be taken back',
      'api stack',
      'could not be taken back (UPDATE_ROLLBACK_FAILED)',
      'aws cloudformation continue-update-rollback --stack-name plano-orders-dev-api',
      () => setStatus('UPDATE_ROLLBACK_FAILED'),
    ],
    [
      'a deployment under way',
      'api stack',
      'wait until it is done',
      again,
      () => setStatus('UPDATE_IN_PROGRESS'),
    ],
    [
      'no recovery',
      'recovery',
      'cannot be restored',
      'aws dynamodb update-continuous-backups --table-name plano-orders-dev',
      () => {
        recoverable = false;
      },
    ],
    [
      'no protection',
      'protection',
      'deleted by mistake',
      'aws dynamodb update-table --table-name plano-orders-dev --deletion-protection-enabled',
      () => {
        protectedTable = false;
      },
    ],
    [
      'no key',
      'Mandrill’s key',
      'not set',
      'npm run ops -- secrets set-mandrill-key --stage dev',
      () => {
        delete given[MANDRILL_KEY];
      },
    ],
    [
      'a wrong key',
      'Mandrill’s key',
      'refuses the key',
      'npm run ops -- secrets set-mandrill-key --stage dev',
      () => {
        given[MANDRILL_KEY] = 'md-wrong';
      },
    ],
    [
      'nobody who is alerted',
      'pages',
      'They reach nobody',
      'aws sns subscribe --topic-arn arn:aws:sns:eu-west-1:123456789012:pages',
      () => {
        account.subscriptions = [];
      },
    ],
    [
      'nobody who has confirmed',
      'pages',
      '1 yet to be confirmed',
      'aws sns subscribe',
      () => {
        account.subscriptions = ['PendingConfirmation'];
      },
    ],
  ])('The doctor finds %s, and says what to type', async (_, check, text, command, spoil) => {
    spoil();
    const { printed, failure } = await diagnosed();
    expect(about(check, printed)).toMatch(/^WRONG/);
    expect(about(check, printed)).toContain(text);
    expect(about(check, printed)).toContain(`type: ${command}`);
    expect(failure?.message).toBe('1 thing is wrong.');
    expect(printed).not.toContain('md-');
  });
  const setStatus = (status: string, more: Partial<Account['stacks'][string]> = {}) => {
    Object.assign(account.stacks['plano-orders-dev-api'] ?? {}, { status, ...more });
  };

  it('The doctor finds credentials of another account than the stage’s', async () => {
    const stage = { ...targetOf('dev').stage, account: '999999999999' } as Target['stage'] & object;
    const { printed, failure } = await diagnosed({ stage });
    expect(about('credentials', printed)).toMatch(/^WRONG.*123456789012, and dev is of 999999999999/);
    expect(failure?.message).toBe('1 thing is wrong.');
  });

  it('The doctor finds that Mandrill cannot be reached, and says what to type', async () => {
    await mandrill.close();
    const { printed } = await diagnosed();
    expect(about('Mandrill’s key', printed)).toMatch(/^WRONG.*cannot be reached/);
    expect(about('Mandrill’s key', printed)).toContain(`type: ${again}`);
  });

  it.each([
    ['unverified.example.com', 'nobody has verified that it is ours'],
    ['unsigned.example.com', 'DKIM is not valid (the DKIM record is missing)'],
  ])('The doctor finds a sender of the domain %s, which cannot send', async (domain, text) => {
    const stage = { ...targetOf('dev').stage, emailFrom: `orders@${domain}` } as Target['stage'] & object;
    const { printed, failure } = await diagnosed({ stage });
    expect(about('sender', printed)).toMatch(/^WRONG/);
    expect(about('sender', printed)).toContain(`from ${domain}: ${text}`);
    expect(failure?.message).toBe('1 thing is wrong.');
  });

  it('The doctor finds an API that is away or is something else, and says what to type', async () => {
    const outputs = { ...account.stacks['plano-orders-dev-api']?.outputs, ApiUrl: mandrill.url };
    account.stacks['plano-orders-dev-api'] = { status: 'CREATE_COMPLETE', outputs };
    const { printed, failure } = await diagnosed();
    expect(about('API', printed)).toMatch(
      /^WRONG.*gets 404 without our envelope, not 500 route-non-existent/,
    );
    expect(about('API', printed)).toContain('type: aws logs tail /plano-orders/dev/gateway');
    expect(failure?.message).toBe('1 thing is wrong.');
    outputs.ApiUrl = 'http://127.0.0.1:1';
    expect(about('API', (await diagnosed()).printed)).toContain('gets no answer');
  });

  it('The doctor finds a permission that is missing, and goes on with the rest', async () => {
    const denied: Fault = async () => ({
      status: 400,
      output: { __type: 'AccessDeniedException', message: 'no' },
    });
    wire.fail('DescribeTimeToLive', denied, Number.POSITIVE_INFINITY);
    const { printed, failure } = await diagnosed();
    expect(about('expiry', printed)).toMatch(/^WRONG.*AccessDeniedException: no/);
    expect(about('API', printed)).toMatch(/^ok/);
    expect(failure?.message).toBe('1 thing is wrong.');
  });
});

it('The doctor notes in production that nobody is called but by e-mail, or that nobody outside watches, and calls it no fault', async () => {
  const stage = { ...targetOf('dev').stage, name: 'production' } as Target['stage'] & object;
  for (const [name, described] of Object.entries(account.stacks)) {
    account.stacks[name.replace('-dev-', '-production-')] = described;
  }
  given['/plano-orders/production/mandrill-key'] = KEY;
  const { printed } = await diagnosed({ stage });
  expect(about('pager', printed)).toMatch(/^ok .*1 subscribed/);
  expect(about('heartbeat', printed)).toMatch(/^note .*Nobody outside notices.*\n +type: npx cdk deploy/);
  const watched = { ...stage, heartbeat: 'https://beats.example.com/secret' };
  account.subscriptions = [];
  const other = await diagnosed({ stage: watched });
  expect(about('pager', other.printed)).toMatch(
    /^note .*e-mail only.*\n +type: aws sns subscribe .*:pager --protocol https/,
  );
  expect(about('heartbeat', other.printed)).toMatch(/^ok /);
  expect(other.printed).not.toContain('secret');
});

it('The doctor does not check what depends on something that is wrong', async () => {
  given = {};
  const { printed, failure } = await diagnosed();
  expect(about('bootstrap', printed)).toMatch(/^WRONG/);
  expect(about('state stack', printed)).toMatch(/^-.*not checked, since it needs: bootstrap$/);
  expect(about('indexes', printed)).toMatch(/^-.*not checked, since it needs: table$/);
  expect(about('API', printed)).toMatch(/^-.*not checked/);
  expect(failure?.message).toBe('2 things are wrong.');
});

describe('of a table', () => {
  let bare: FreshTable;
  beforeAll(async () => {
    bare = await freshTable({
      AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      GlobalSecondaryIndexes: undefined,
      TimeToLiveSpecification: undefined,
    });
  });
  afterAll(() => bare.remove());

  it('The doctor finds that a table is missing, and says what to type', async () => {
    const { printed, failure } = await diagnosed({ tableName: 'elsewhere' });
    expect(about('table', printed)).toMatch(/^WRONG.*There is no table elsewhere/);
    expect(about('table', printed)).toContain(`type: ${deploy}`);
    expect(failure?.message).toBe('1 thing is wrong.');
  });

  it('The doctor finds that a table is empty and lacks its indexes and expiry, and says all of it', async () => {
    const own = await Wire.start(bare.endpoint, authorizationFor({ ...bare, accessKeyId: 'local' }));
    own.fail('DescribeContinuousBackups', backups);
    own.fail('DescribeTable', withProtection, Number.POSITIVE_INFINITY);
    vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', own.endpoint);
    const { printed, failure } = await diagnosed({ tableName: bare.tableName });
    await own.stop();
    expect(about('expiry', printed)).toContain(
      `type: aws dynamodb update-time-to-live --table-name ${bare.tableName}`,
    );
    expect(about('indexes', printed)).toContain(
      'orders-of-client is missing; orders-of-all is missing; unsent is missing',
    );
    expect(about('employees', printed)).toContain(
      'type: npm run ops -- employees invite <address> --stage dev',
    );
    expect(about('records', printed)).toContain('auth is missing; clients is missing; orders is missing');
    expect(about('records', printed)).toContain('type: npm run ops -- records rewrite --stage dev');
    expect(failure?.message).toBe('4 things are wrong.');
  });

  it('The doctor finds indexes of a table that are being made or have other keys', async () => {
    wire.reset();
    wire.fail('DescribeContinuousBackups', backups);
    wire.fail(
      'DescribeTable',
      async (request, forward) => {
        const reply = await withProtection(request, forward);
        if (typeof reply === 'string') return reply;
        const [first, second] = reply.output.Table.GlobalSecondaryIndexes;
        first.IndexStatus = 'CREATING';
        second.KeySchema.reverse();
        return reply;
      },
      Number.POSITIVE_INFINITY,
    );
    const { printed, failure } = await diagnosed();
    expect(about('indexes', printed)).toMatch(/^WRONG.* is CREATING.* has other keys/);
    expect(failure?.message).toBe('1 thing is wrong.');
  });
});

describe('of the deployment records', () => {
  const records = () => new DeploymentRecords(api.documents, api.stack.tableName);

  it('The doctor mentions what was withdrawn, which is no fault', async () => {
    await records().withdraw('route', 'orders/update', new Date());
    const { printed, failure } = await diagnosed();
    await records().restore('route', 'orders/update');
    expect(about('records', printed)).toMatch(/^note.*Withdrawn by hand: route orders\/update/);
    expect(about('records', printed)).toContain(
      'type: npm run ops -- routes restore orders/update --stage dev',
    );
    expect(failure).toBeUndefined();
  });

  it('The doctor finds a deployment record that this release does not know', async () => {
    const [known] = (await findDeployments(tableBehind(api))).services;
    const Item = { ...known, pk: 'DEPLOYMENT', sk: 'SERVICE#billing', name: 'billing' };
    await api.documents.send(new PutCommand({ TableName: api.stack.tableName, Item }));
    const { printed, failure } = await diagnosed();
    const Key = { pk: Item.pk, sk: Item.sk };
    await api.documents.send(new DeleteCommand({ TableName: api.stack.tableName, Key }));
    expect(about('records', printed)).toMatch(/^WRONG.*billing is unknown/);
    expect(about('records', printed)).toContain('type: npm run ops -- records rewrite --prune --stage dev');
    expect(failure?.message).toBe('1 thing is wrong.');
  });
});

const onCall = { ...targetOf('dev').stage, alarmAddresses: ['on-call@example.com'] } as Target['stage'] &
  object;

describe('of the calls that Lambda allows at once', () => {
  const raise = 'type: aws service-quotas request-service-quota-increase --service-code lambda';

  it('The doctor finds that an account is new, before anything is deployed, where somebody is on call', async () => {
    Object.assign(account, { concurrency: 10, stacks: {} });
    const { printed } = await diagnosed({ stage: onCall });
    expect(about('concurrency', printed)).toMatch(/^WRONG.*allows 10 calls at once/);
    expect(about('concurrency', printed)).toContain(raise);
  });

  it('The doctor only mentions that an account is new where nobody is on call', async () => {
    account.concurrency = 10;
    const { printed, failure } = await diagnosed();
    expect(about('concurrency', printed)).toMatch(/^note.*allows 10 calls at once/);
    expect(failure).toBeUndefined();
  });

  /** How many functions hash passwords: those of routes that are sensitive. */
  const HASHING = catalogue.filter(({ sensitive }) => sensitive).length;

  it.each([
    [159, /^WRONG.*allows 159 calls at once, of which reservedConcurrency keeps 60, and 100 have to be left/],
    [160, /^ok +concurrency +160 calls at once, 60 of them reserved/],
  ])('The doctor finds whether what a stage reserves fits into %d calls', async (concurrency, said) => {
    account.concurrency = concurrency;
    const reservedConcurrency = { passwords: (60 - 3 * 2) / HASHING, retry: 2 };
    const { printed } = await diagnosed({ stage: { ...onCall, reservedConcurrency } });
    expect(about('concurrency', printed)).toMatch(said);
  });

  it('The doctor says how much to ask for when a stage reserves more than accounts have', async () => {
    const { printed } = await diagnosed({ stage: { ...onCall, reservedConcurrency: { passwords: 900 } } });
    expect(about('concurrency', printed)).toContain(`--desired-value ${900 * HASHING + 100}`);
  });
});

describe('of the check from outside', () => {
  const setIt = 'type: npm run ops -- check set-up --stage dev';

  it.each<[string, string, Partial<SetUp> | undefined]>([
    ['nothing', 'It is not set up.', undefined],
    ['a token that is revoked', 'Its token is revoked.', { token: `app_${'x'.repeat(43)}` }],
    ['an order that is not there', 'Its order, or the appointment of that, is not there.', { order_id: 1 }],
    ['an appointment of another order', 'Its order, or the appointment of that,', { appt_id: 1 }],
  ])(
    'The doctor finds that the check was set up with %s, and says what to type',
    async (_, text, changed) => {
      given[CHECK] = changed === undefined ? 'nothing' : parameterOf({ ...check, ...changed });
      const { printed, failure } = await diagnosed({ stage: onCall });
      expect(about('check', printed)).toMatch(/^WRONG/);
      expect(about('check', printed)).toContain(text);
      expect(about('check', printed)).toContain(setIt);
      expect(failure?.message).toBe('1 thing is wrong.');
    },
  );

  it('The doctor only mentions a check that is not set up where nobody is on call', async () => {
    delete given[CHECK];
    const { printed, failure } = await diagnosed();
    expect(about('check', printed)).toMatch(/^note.*It is not set up/);
    expect(about('check', printed)).toContain(setIt);
    expect(failure).toBeUndefined();
  });
});

it('The doctor knows which version of the bootstrap CDK demands', () => {
  const { stacks } = createApp({ context: unbundled, isJudged: false }).synth();
  for (const stack of stacks) expect(stack.requiresBootstrapStackVersion).toBe(BOOTSTRAP_VERSION);
});

/** A command of its own process, without an account of AWS; `reads` is whether anybody reads what it prints. */
const doctorOf = (words: readonly string[], { reads = true } = {}) =>
  new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
    const env = { PATH: process.env.PATH, AWS_EC2_METADATA_DISABLED: 'true', HOME: '/nowhere' };
    const child = execFile(process.execPath, ['ops/main.ts', ...words], { env }, (error, stdout, stderr) =>
      resolve({ code: error?.code, stdout, stderr }),
    );
    if (!reads) child.stdout?.destroy();
  });

it.each([
  ['before', ['--stage', 'dev', 'doctor']],
  ['after', ['doctor', '--stage', 'dev']],
])('The doctor takes --stage %s its name, and ends with 1 when something is wrong', async (_, words) => {
  const { code, stdout, stderr } = await doctorOf(words);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^WRONG +credentials +No region is set/);
  expect(stderr).toBe('1 thing is wrong.\n');
});

it('A command whose output nobody reads any more ends as it would have', async () => {
  const ended = await doctorOf(['doctor', '--stage', 'dev'], { reads: false });
  expect(ended).toMatchObject({ code: 1, stderr: '1 thing is wrong.\n' });
});
