import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Access } from './access.ts';
import { startControl } from './control.ts';
import { createDemo, type DemoData } from './demo.ts';
import { deploy, deployFirst, named } from './deployment.ts';
import { type Database, localClient } from './dynamodb.ts';
import { createTable } from './dynamodb-table.ts';
import { startEventSource } from './event-source.ts';
import { type InvocationResult, type Invoke, startFunctions } from './functions.ts';
import { startGateway } from './gateway.ts';
import { queueArn } from './intrinsics.ts';
import { logsIn } from './logs.ts';
import type { Upset } from './mandrill.ts';
import type { Message } from './mandrill-message.ts';
import { writeRunningStack } from './running-stack.ts';
import { startSchedules } from './schedules.ts';
import { startStandIns } from './stand-ins.ts';
import { type Assembly, readAssembly } from './template.ts';
import type { Published } from './topics.ts';

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
  /**
   * Ends what is under way, but leaves an instance of each function that has run, since starting those is most of a start. What it
   * gives makes of it, unless something was deployed, the same stack as if it had just started, on another database.
   */
  rest(): Promise<(database: Database) => Promise<LocalStack>>;
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
    const { settle, renew, ...running } = await start(options, (end) => started.push(end));
    const rest: LocalStack['rest'] = async () => {
      await settle();
      return async (database) => ({ ...stack, ...(await renew(database)) });
    };
    const stack = { ...running, rest, stop };
    return stack;
  } catch (error) {
    await stop();
    throw error;
  }
};

/** What a stack has in its database. */
type Behind = Pick<LocalStack, 'database' | 'demo'>;

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
): Promise<
  Omit<LocalStack, 'rest' | 'stop'> & {
    settle(): Promise<void>;
    renew(database: Database): Promise<Behind>;
  }
> => {
  mkdirSync(folder, { recursive: true });

  const client = localClient(database);
  onStop(async () => client.destroy());
  for (const table of assembly.tables) await createTable(client, table);
  const tableName = String(assembly.tables[0]?.TableName);

  onProgress('Starting the functions');
  const logs = join(folder, 'logs');
  const { writeLog, clearLogs } = logsIn(logs);
  const { mandrill, parameters, queues, lambda, access, ...standIns } = await startStandIns(
    {
      assembly,
      database,
      writeLog,
      versionsOf: (name) => functions.versionsOf(name),
      // What reads a parameter keeps it for the life of its instance: here that ends with the parameter, so that a drill shows.
      onParameter: () => functions.kill(),
    },
    onStop,
  );
  const overrides: Record<string, string> = { ...standIns.environment, ...environment };
  const functions = startFunctions(assembly.functions, { overrides, onLog: writeLog });
  onStop(functions.close);
  const sources = assembly.eventSources.map((source) =>
    startEventSource(source, queues.queue(source.queueArn), functions.invoke),
  );
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
  const settle = async (): Promise<void> => {
    // The queues first: they would have what is ended done again.
    queues.clear();
    await functions.clear();
  };
  const renew = async (next: Database): Promise<Behind> => {
    standIns.renew(next);
    clearLogs();
    const documents = localClient(next);
    for (const table of assembly.tables) await createTable(documents, table);
    deployed = await deployFirst(assembly, { functions, access });
    const demoThere = await createDemo(documents, tableName, new Date(), environment);
    documents.destroy();
    writeRunningStack(folder, { ...running, database: next });
    return { database: next, demo: demoThere };
  };
  return {
    settle,
    renew,
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
    alerts: standIns.alerts,
    heartbeats: standIns.heartbeats,
    queued: (queueName) => queues.queue(queueArn(queueName)).bodies,
    access,
    invoke: functions.invoke,
    environmentOf: functions.environmentOf,
    killFunction: functions.kill,
  };
};
