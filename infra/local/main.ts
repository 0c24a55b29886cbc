import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { DEMO_EMPLOYEE, DEMO_PASSWORD, DEMO_USERS } from './demo.ts';
import { type DynamoDbLocal, startDynamoDbLocal } from './dynamodb.ts';
import { NoJavaError, provideJava } from './java.ts';
import { DEPLOYMENTS, LOCAL_FOLDER, readRunningStack } from './running-stack.ts';
import { type LocalStack, startLocalStack } from './stack.ts';
import { SynthesisFailedError, synthesised } from './synthesis.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const fail = (text: string): never => {
  process.stderr.write(`${text}\n`);
  process.exit(1);
};

const portOf = (text: string): number =>
  /^\d{1,5}$/.test(text) && Number(text) <= 65_535
    ? Number(text)
    : fail(`PORT must be a number from 0 to 65535, not ${text}.`);

/** `npm start` takes `--keep`, and nothing else. */
const readArguments = (): { keep: boolean } => {
  try {
    return { keep: parseArgs({ options: { keep: { type: 'boolean' } } }).values.keep ?? false };
  } catch (error) {
    return fail(`${(error as Error).message}\nUsage: npm start [-- --keep]`);
  }
};

const curlLine = ({ url, demo }: LocalStack): string => {
  const order = demo.orders.plain_1;
  const body = {
    order_id: order?.order_id,
    updated_at: order?.updated_at,
    notes: 'Please use the side gate.',
    appointment: { appt_id: order?.appt_id, cancel_reason: 'Client is away' },
  };
  return `curl -s ${url}/api/v1/orders/update -H 'authorization: Bearer ${demo.tokens.client}' -H 'content-type: application/json' -d '${JSON.stringify(body)}'`;
};

const introduction = (stack: LocalStack): string => {
  const { url, demo, mailbox, logs } = stack;
  const orders = ['plain_1', 'plain_2', 'story', 'other', 'mail_rejected', 'mail_hang'];
  return [
    '',
    'Tokens',
    ...Object.entries(demo.tokens).map(([name, token]) => `  ${name.padEnd(22)} ${token}`),
    '',
    `Orders, some of ${Object.keys(demo.orders).length} in .local/demo.json`,
    ...orders.map((name) => {
      const { order_id, updated_at, appt_id } = demo.orders[name] ?? {};
      return `  ${name.padEnd(22)} order_id ${order_id}  appt_id ${appt_id}  updated_at ${updated_at}`;
    }),
    '',
    `Sign in as ${DEMO_USERS.join(', ')}`,
    `with the password: ${DEMO_PASSWORD}`,
    '',
    `Console  ${url}/console, for ${DEMO_EMPLOYEE} with that password`,
    `Account  ${url}/account, to register; its e-mails are in the mailbox`,
    `Docs     ${url}/docs, ${url}/docs.md and ${url}/openapi.json`,
    `Mailbox  ${mailbox}`,
    `Logs     ${relative(process.cwd(), logs)}/`,
    '',
    'Try it: this changes an order’s notes, cancels its appointment and sends the client an e-mail.',
    '',
    `  ${curlLine(stack)}`,
    '',
    'Or have the TypeScript client of client/ go round: npm run tour',
    '',
    'Ctrl-C stops everything.',
  ].join('\n');
};

/** Refuses what would be in the way of a stack that runs already, before anything is done. */
const checkNothingIsInTheWay = async (port: number): Promise<void> => {
  const running = readRunningStack(LOCAL_FOLDER);
  if (running !== undefined) fail(`A stack runs from this folder already, at ${running.url}. Stop it first.`);
  const server = createServer();
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening');
    server.close();
  } catch (error) {
    failOn(error as NodeJS.ErrnoException, port);
  }
};

const failOn = (error: NodeJS.ErrnoException, port: number): never => {
  if (error instanceof NoJavaError || error instanceof SynthesisFailedError) return fail(error.message);
  if (error.code !== 'EADDRINUSE') throw error;
  return fail(`Port ${port} is taken. Stop what uses it, or choose another: PORT=3001 npm start`);
};

/** What was started, and is stopped in the end. */
interface Started {
  stack: LocalStack;
  dynamoDb: DynamoDbLocal;
}

/** Starts the stack with a DynamoDB Local of its own, which starts while the stack is synthesised. */
const start = async (keep: boolean, port: number, asked: AbortSignal): Promise<Started> => {
  const failed = new AbortController();
  const signal = AbortSignal.any([asked, failed.signal]);
  const onProgress = (step: string) => {
    signal.throwIfAborted();
    say(`${step} …`);
  };
  const startDynamoDb = async () => {
    await provideJava({ say, signal });
    onProgress('Starting DynamoDB Local');
    return startDynamoDbLocal(keep ? { path: join(LOCAL_FOLDER, 'data') } : {});
  };
  const onSynthesis = () => onProgress('Synthesising the stack');
  const starting = startDynamoDb();
  const synthesising = synthesised(join(LOCAL_FOLDER, 'cdk.out'), { onSynthesis, signal });
  try {
    const [dynamoDb, assembly] = await Promise.all([starting, synthesising]);
    const database = { endpoint: dynamoDb.endpoint, accessKeyId: 'local' };
    const options = { assembly, database, port, folder: LOCAL_FOLDER, onProgress };
    return { stack: await startLocalStack(options), dynamoDb };
  } catch (error) {
    failed.abort();
    await Promise.allSettled([synthesising, starting.then(({ stop }) => stop())]);
    throw error;
  }
};

/** Starts the stack and tells how to use it; ends when it is told to, while it starts too. */
const main = async (): Promise<void> => {
  const { keep } = readArguments();
  const port = portOf(process.env.PORT ?? '3000');
  await checkNothingIsInTheWay(port);
  mkdirSync(LOCAL_FOLDER, { recursive: true });
  rmSync(DEPLOYMENTS, { recursive: true, force: true });
  const asked = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => asked.abort());
  const started = await start(keep, port, asked.signal).catch((error: unknown) =>
    asked.signal.aborted ? undefined : failOn(error as NodeJS.ErrnoException, port),
  );
  if (started === undefined) return;
  const { stack, dynamoDb } = started;
  if (!asked.signal.aborted) {
    const { url, mailbox, demo } = stack;
    writeFileSync(join(LOCAL_FOLDER, 'demo.json'), `${JSON.stringify({ url, mailbox, ...demo }, null, 2)}\n`);
    say(`ready ${url}`);
    say(introduction(stack));
    void dynamoDb.exited.then(() => {
      if (asked.signal.aborted) return;
      say('DynamoDB Local has stopped. The API goes on without it; start again to have it back.');
    });
    await once(asked.signal, 'abort');
  }
  await stack.stop();
  await dynamoDb.stop();
};

await main();
