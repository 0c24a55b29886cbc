import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { tellOfFaults } from '../notifications/fault-notifications.ts';
import { ANSWER_MS, type Deadline, deadlineOf, type RunningDeadline } from '../table/deadline.ts';
import { environmentSchema } from '../table/environment.ts';
import { connect, Table } from '../table/table.ts';
import { IN_TIME } from './in-time.ts';
import { dynamoDbUse, type Metrics, writeLine } from './write-line.ts';

/** What a job is called. */
interface Names {
  /** The function's name after the stage's, by which the team is told of its faults. */
  name: string;
  /** The service in its log and its metrics. */
  service: string;
  /** The message of its line in the log. */
  message: string;
}

/** What a job is bound to, for the time of one run. */
export interface JobResources {
  table: Table;
  /** The stage's name, such as `dev`. */
  stage: string;
  /** When the run began. */
  now: Date;
  deadline: Deadline;
  /** Adds to the metrics of the job's service. One costs for each hour in which it has a value. */
  measure(metrics: Metrics['metrics']): void;
  /** Has the log, the metrics and the team told of a fault that does not make the run fail. */
  report(fault: unknown): void;
}

/** What a run has come to. */
export interface Ran<Answer> {
  /** What Lambda is answered. */
  answer: Answer;
  /** What the log has to tell of it. */
  line: Readonly<Record<string, unknown>>;
  /** Whether its line is a warning, also when nothing was a fault of ours. */
  warns?: boolean;
  /** What makes it fail, however much of it was done. */
  faults?: readonly unknown[];
}

/** A run that is under way, as far as it has come. */
interface Underway {
  now: Date;
  deadline?: RunningDeadline;
  table?: Table;
  ran?: Ran<unknown>;
  reported: unknown[];
  metrics: Metrics['metrics'];
}
type JobContext = Context & { job: Underway };
type JobRequest<Event, Answer> = middy.Request<Event, Answer, Error, JobContext>;

/** For how long telling the team may keep a run from its end, in milliseconds: it is tried again, as nobody waits for an answer. */
const TELL_MS = 2_000;
/** Kept back of the function's time for the line and the metrics. */
const WRITE_MS = ANSWER_MS / 2;

/** Kept for the life of the function's instance, since connecting is what takes longest. */
let client: DynamoDBDocumentClient | undefined;

/**
 * The function of a job, which nobody waits for: the chain for jobs, as `chain` is that for requests. Whatever goes wrong, out of
 * time included, the team is told of it and of the rows that could not be read, and one JSON line is written with the metrics.
 *
 * @param run does the job; its own environment it parses itself
 * @returns a handler that rejects with the first fault that makes the run fail, so that Lambda counts it as failed; faults that
 *   were only reported are counted by the metric `ApplicationCrashes` instead
 */
export const job = <Event, Answer>(
  { name, service, message }: Names,
  run: (event: Event, resources: JobResources) => Promise<Ran<Answer>>,
): ((event: Event, context: Context) => Promise<Answer>) => {
  const begin = ({ context }: JobRequest<Event, Answer>): void => {
    context.job = { now: new Date(), reported: [], metrics: {} };
  };

  const open = (context: JobContext): JobResources => {
    const { STAGE: stage, TABLE_NAME } = environmentSchema.parse(process.env);
    client ??= connect();
    const { now, reported } = context.job;
    const deadline = deadlineOf(() => context.getRemainingTimeInMillis());
    const table = new Table(client, TABLE_NAME, deadline);
    context.job.deadline = deadline;
    context.job.table = table;
    const measure = (more: Metrics['metrics']): void => {
      context.job.metrics = { ...context.job.metrics, ...more };
    };
    return { table, stage, now, deadline, measure, report: (fault) => void reported.push(fault) };
  };

  const close = async ({ context, error }: JobRequest<Event, Answer>): Promise<void> => {
    const { now, deadline, table, ran, reported } = context.job;
    deadline?.end();
    const faults = [...(ran?.faults ?? (error ? [error] : [])), ...reported];
    const place = { where: name, request_id: context.awsRequestId };
    const left = Math.max(0, Math.floor(context.getRemainingTimeInMillis()) - WRITE_MS);
    // Without an environment there is no table in which anybody could be told.
    const besides =
      table === undefined ? [] : await tellOfFaults(table, place, faults, now, Math.min(TELL_MS, left));
    const { awsRequestId: function_request_id, functionVersion: function_version } = context;
    const line = {
      function_request_id,
      function_version,
      ...(table && dynamoDbUse(table)),
      ...ran?.line,
    };
    const metrics: Metrics['metrics'] = {
      ...context.job.metrics,
      ...(reported.length > 0 && { ApplicationCrashes: [reported.length, 'Count'] }),
    };
    const told = Object.keys(metrics).length === 0 ? [] : [{ dimensions: [['service']], metrics }];
    writeLine(
      { service, message, faults: [...faults, ...besides], warns: ran?.warns ?? false, metrics: told },
      line,
    );
  };

  return middy<Event, Answer, Error, JobContext>(IN_TIME)
    .use({ before: begin, after: close, onError: close })
    .handler(async (event, context) => {
      const ran = await run(event, open(context));
      context.job.ran = ran;
      if (ran.faults !== undefined && ran.faults.length > 0) throw ran.faults[0];
      return ran.answer;
    }) as unknown as (event: Event, context: Context) => Promise<Answer>;
};
