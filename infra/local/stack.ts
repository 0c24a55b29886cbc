import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { mandrillKeyName, stageNamed } from '../stages.ts';
import { Access } from './access.ts';
import { startAws } from './aws.ts';
import { startControl } from './control.ts';
import { createDemo, type DemoData } from './demo.ts';
import { deploy, deployFirst } from './deployment.ts';
import { authorizationFor, type Database, localClient } from './dynamodb.ts';
import { createTable } from './dynamodb-table.ts';
import { receivingCalls, startEventSource } from './event-source.ts';
import { type InvocationResult, type Invoke, startFunctions } from './functions.ts';
import { startGateway } from './gateway.ts';
import { queueArn } from './intrinsics.ts';
import { startLambda } from './lambda.ts';
import { serveLoopback } from './loopback.ts';
import { startMandrill, type Upset } from './mandrill.ts';
import type { Message } from './mandrill-message.ts';
import { startParameters } from './parameters.ts';
import { startQueues } from './queues.ts';
import { writeRunningStack } from './running-stack.ts';
import { startSchedules } from './schedules.ts';
import { type Assembly, readAssembly } from './template.ts';
import { type Published, startTopics } from './topics.ts';

/** The key that the stand-in for Mandrill takes. */
const MANDRILL_KEY = 'md-local-key';

export interface LocalStackOptions {
  /** What was synthesised. */
  assembly: Assembly;
  /** Where the gateway listens; 0 for any free port. */
  port: number;
  /** The folder for everything that the stack writes. */
  folder: string;
  /** Where its table is made, unless it is there already. */
  database: Database;
  /** Whether functions are called on their schedules; if not, only by `runSchedules`. */
  schedules?: boolean;
  /** What functions find in their environment in the place of what the template says. */
  environment?: Record<string, string>;
  /** Hears what is being done; what it throws ends the start. */
  onProgress?: (step: string) => void;
}

export interface LocalStack {
  url: string;
  /** The mailbox page of the stand-in for Mandrill. */
  mailbox: string;
  demo: DemoData;
  tableName: string;
  database: Database;
  messages(): readonly Message[];
  /** How often Mandrill was asked to send something. */
  asked(): number;
  /** Has Mandrill fail for everybody in that way; not any more, without. */
  upsetMandrill(how?: Upset): void;
  /** Where other commands find it, to have its schedules run. */
  control: string;
  /** Where the functions' logs are, one file a function. */
  logs: string;
  /**
   * Has all schedules run now, or only the one of a name, waits until the queues are worked off, and gives what the functions
   * answered.
   */
  runSchedules(name?: string): Promise<InvocationResult[]>;
  /** Deploys what was synthesised in the place of what runs, under the name of a release. */
  deploy(assembly: Assembly, release: string): Promise<void>;
  /** What people were alerted with, the first first. */
  alerts(): readonly Published[];
  /** How often somebody outside was told that people are alerted. */
  heartbeats(): number;
  /** The bodies of the messages of a queue, by its name. */
  queued(queueName: string): readonly string[];
  /** What functions did with what they may do. */
  access: Access;
  /** Calls a function as whatever calls it on AWS. */
  invoke: Invoke;
  /** What a function finds in its environment. */
  environmentOf(functionName: string): Record<string, string>;
  /** Ends a function in the middle of what it is doing, as Lambda does when a host fails; it starts anew when called. */
  killFunction(name: string): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Runs what was synthesised on this machine: the gateway and the functions of the template, its table in a DynamoDB Local,
 * its queues and schedules, stand-ins for Mandrill, SSM's parameters and SNS, and demo data.
 *
 * @throws the first thing that does not start, such as a port that is taken (EADDRINUSE); what had started is stopped
 */
export const startLocalStack = async (options: LocalStackOptions): Promise<LocalStack> => {
  const started: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const end of started.splice(0).reverse()) await end();
  };
  try {
    return { ...(await start(options, (end) => started.push(end))), stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

type Stoppable = (end: () => Promise<unknown>) => void;

const start = async (
  {
    assembly,
    port,
    folder,
    database,
    schedules = true,
    environment = {},
    onProgress = () => {},
  }: LocalStackOptions,
  onStop: Stoppable,
): Promise<Omit<LocalStack, 'stop'>> => {
  mkdirSync(folder, { recursive: true });

  const client = localClient(database);
  onStop(async () => client.destroy());
  for (const table of assembly.tables) await createTable(client, table);
  const tableName = String(assembly.tables[0]?.TableName);

  onProgress('Starting the functions');
  const mandrill = await startMandrill({ key: MANDRILL_KEY });
  onStop(mandrill.close);
  // What reads a parameter keeps it for the life of its instance: here that ends with the parameter, so that a drill shows.
  const startAnew = () => functions.kill();
  const keyName = mandrillKeyName(stageNamed('dev'));
  const parameters = await startParameters({ [keyName]: MANDRILL_KEY }, startAnew);
  onStop(parameters.close);
  const queues = await startQueues(assembly.queues);
  onStop(queues.close);
  const logs = join(folder, 'logs');
  const writeLog = logWriter(logs);
  const alerts: Published[] = [];
  const topics = await startTopics(assembly.topics, (published) => {
    alerts.push(published);
    writeLog('alerts', `${published.subject}\n\n${published.message}`);
  });
  onStop(topics.close);
  const lambda = await startLambda((name) => functions.versionsOf(name));
  onStop(lambda.close);
  let heartbeats = 0;
  const heartbeat = await serveLoopback(() => {
    heartbeats += 1;
    return { status: 200, headers: {}, body: '' };
  });
  onStop(heartbeat.close);
  const access = new Access(assembly.functions);
  const aws = await startAws(access, {
    dynamodb: { endpoint: database.endpoint, authorization: authorizationFor(database) },
    ssm: parameters,
    sns: topics,
    sqs: queues,
    lambda,
  });
  onStop(aws.close);
  const overrides: Record<string, string> = {
    AWS_ENDPOINT_URL: aws.endpoint,
    MANDRILL_URL: mandrill.apiUrl,
    HEARTBEAT_URL: heartbeat.url,
    ...environment,
  };
  const functions = startFunctions(assembly.functions, { overrides, onLog: writeLog });
  onStop(functions.close);
  const sources = assembly.eventSources.map((source) => {
    access.demand(source.function, receivingCalls(source.queueArn));
    return startEventSource(source, queues.queue(source.queueArn), functions.invoke);
  });
  onStop(async () => {
    for (const source of sources) source.close();
  });
  let deployed = await deployFirst(assembly, { functions, access });

  onProgress('Opening the gateway');
  const gateway = await startGateway({
    routes: assembly.routes,
    cors: assembly.cors,
    invoke: functions.invoke,
    port,
  });
  onStop(gateway.close);
  // What calls the API from outside, or tells people its address, does so only after that.
  overrides.API_URL ??= gateway.url;

  onProgress('Writing demo data');
  const demo = await createDemo(client, tableName, new Date(), environment);

  const scheduled = startSchedules(assembly.schedules, functions.invoke, schedules);
  onStop(async () => scheduled.close());
  const runSchedules = async (name?: string): Promise<InvocationResult[]> => {
    const outcomes = await scheduled.runNow(name);
    await Promise.all(sources.map((source) => source.idle()));
    return outcomes;
  };
  let underWay: Promise<unknown> = Promise.resolve();
  /** One after another: each begins with what the one before has made. */
  const deployRelease = (next: Assembly, release: string): Promise<void> => {
    const mine = underWay.then(async () => {
      deployed = await deploy(named(next, release), deployed, { functions, access });
      gateway.replaceRoutes(next.routes);
    });
    underWay = mine.catch(() => undefined);
    return mine;
  };
  const control = await startControl({
    runSchedules,
    deploy: async (synthesis, release) => deployRelease(readAssembly(synthesis), release),
  });
  onStop(control.close);
  const running = {
    pid: process.pid,
    url: gateway.url,
    tableName,
    database,
    control: control.url,
    parametersEndpoint: parameters.endpoint,
    lambdaEndpoint: lambda.endpoint,
    mandrillUrl: mandrill.apiUrl,
  };
  onStop(writeRunningStack(folder, running));
  return {
    url: gateway.url,
    mailbox: mandrill.url,
    demo,
    tableName,
    database,
    messages: mandrill.messages,
    asked: mandrill.asked,
    upsetMandrill: mandrill.upset,
    logs,
    control: control.url,
    runSchedules,
    deploy: deployRelease,
    alerts: () => [...alerts],
    heartbeats: () => heartbeats,
    queued: (queueName) => queues.queue(queueArn(queueName)).bodies,
    access,
    invoke: functions.invoke,
    environmentOf: functions.environmentOf,
    killFunction: functions.kill,
  };
};

/** The same assembly as `cdk deploy -c release=…` would make it: what stands in it of the release is in custom resources alone. */
const named = ({ customResources, ...rest }: Assembly, release: string): Assembly => ({
  ...rest,
  customResources: customResources.map(({ properties, ...resource }) => ({
    ...resource,
    properties: { ...properties, release },
  })),
});

/** Writes each function's lines to a file of its own, as CloudWatch keeps a log group for each, and what people are alerted with to another; anew at every start. */
const logWriter = (folder: string): ((name: string, line: string) => void) => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return (name, line) => appendFileSync(join(folder, `${name}.log`), `${line}\n`);
};
