import { mandrillKeyName, stageNamed } from '../stages.ts';
import { Access } from './access.ts';
import { startAws } from './aws.ts';
import { authorizationFor, type Database } from './dynamodb.ts';
import { receivingCalls } from './event-source.ts';
import type { LocalFunctions } from './functions.ts';
import { startLambda } from './lambda.ts';
import { serveLoopback } from './loopback.ts';
import { startMandrill } from './mandrill.ts';
import { startParameters } from './parameters.ts';
import { startQueues } from './queues.ts';
import type { Assembly } from './template.ts';
import { type Published, startTopics } from './topics.ts';

/** The key that the stand-in for Mandrill takes. */
const MANDRILL_KEY = 'md-local-key';

interface Options {
  assembly: Assembly;
  database: Database;
  /** Writes what people are alerted with, among others. */
  writeLog: (name: string, line: string) => void;
  versionsOf: LocalFunctions['versionsOf'];
  /** Called when a parameter was put. */
  onParameter: () => Promise<void>;
}

/** How the table is reached. */
const serviceOf = (database: Database) => ({
  endpoint: database.endpoint,
  authorization: authorizationFor(database),
});

/**
 * Starts what stands on this machine for the services that functions use, and what is between the two.
 *
 * @param onStop takes what ends each of them
 * @returns them; `environment`, by which functions find them; and `renew`, after which it is as if they had just started, with
 *   another database
 */
export const startStandIns = async (
  { assembly, database, writeLog, versionsOf, onParameter }: Options,
  onStop: (end: () => Promise<unknown>) => void,
) => {
  const mandrill = await startMandrill({ key: MANDRILL_KEY });
  onStop(mandrill.close);
  const keyName = mandrillKeyName(stageNamed('dev'));
  const parameters = await startParameters({ [keyName]: MANDRILL_KEY }, onParameter);
  onStop(parameters.close);
  const queues = await startQueues(assembly.queues);
  onStop(queues.close);
  const alerts: Published[] = [];
  const topics = await startTopics(assembly.topics, (published) => {
    alerts.push(published);
    writeLog('alerts', `${published.subject}\n\n${published.message}`);
  });
  onStop(topics.close);
  const lambda = await startLambda(versionsOf);
  onStop(lambda.close);
  let heartbeats = 0;
  const heartbeat = await serveLoopback(() => {
    heartbeats += 1;
    return { status: 200, headers: {}, body: '' };
  });
  onStop(heartbeat.close);
  const access = new Access(assembly.functions);
  const dynamodb = serviceOf(database);
  const aws = await startAws(access, { dynamodb, ssm: parameters, sns: topics, sqs: queues, lambda });
  onStop(aws.close);
  const receiveFromQueues = (): void => {
    for (const source of assembly.eventSources)
      access.demand(source.function, receivingCalls(source.queueArn));
  };
  receiveFromQueues();

  const renew = (next: Database): void => {
    queues.clear();
    mandrill.clear();
    access.clear();
    receiveFromQueues();
    alerts.length = 0;
    heartbeats = 0;
    Object.assign(dynamodb, serviceOf(next));
  };
  const environment = {
    AWS_ENDPOINT_URL: aws.endpoint,
    MANDRILL_URL: mandrill.apiUrl,
    HEARTBEAT_URL: heartbeat.url,
  };
  return {
    mandrill,
    parameters,
    queues,
    lambda,
    access,
    alerts: () => [...alerts],
    heartbeats: () => heartbeats,
    environment,
    renew,
  };
};
