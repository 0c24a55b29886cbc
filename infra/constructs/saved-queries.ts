import { CfnQueryDefinition } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { accessLogName, resourceName, type Stage } from '../stages.ts';
import { logGroupNames } from './service-logs.ts';

/** A request as the functions' logs have it: one line, whose message says so. */
export const REQUESTS = 'filter message = "request"';

/** Queries of Logs Insights, by name: what people on call ask of the logs. Values to replace stand in angle brackets. */
const QUERIES: Record<string, readonly string[]> = {
  'one request by its id': [
    'fields @timestamp, @message',
    'filter request_id = "<request_id>" or lambda_request_id = "<request_id>" or function_request_id = "<request_id>"',
    'sort @timestamp asc',
  ],
  "a client's day": [
    'fields @timestamp, route, status, order_id, request_id, duration_ms',
    `${REQUESTS} and caller.client_id = <client_id>`,
    'sort @timestamp asc',
    'limit 1000',
  ],
  'slowest routes': [
    REQUESTS,
    'stats count(*) as requests, pct(duration_ms, 50) as p50, pct(duration_ms, 99) as p99, max(duration_ms) as slowest by route',
    'sort p99 desc',
  ],
  'statuses over time': [REQUESTS, 'stats count(*) as requests by status, bin(5m)'],
  'cold starts': [
    REQUESTS,
    'stats count(*) as requests, pct(duration_ms, 50) as p50, pct(duration_ms, 99) as p99 by route, function_version, cold_start',
    'sort route asc',
  ],
  faults: [
    'fields @timestamp, @logStream, route, function_version, request_id, faults.0.name, faults.0.message, @message',
    // The second is what Lambda itself writes of a function that did not come to an end.
    'filter level = "ERROR" or @message like /Task timed out|Runtime[.]|Process exited/',
    'sort @timestamp desc',
    'limit 200',
  ],
};

/** The queries that are saved for the people on call, in a folder for the stage; they ask all of its log groups. */
export class SavedQueries extends Construct {
  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    for (const [name, steps] of Object.entries(QUERIES)) {
      new CfnQueryDefinition(this, name.replaceAll(/\W/g, '-'), {
        name: `${resourceName(stage, 'api')}/${name}`,
        queryString: steps.join('\n| '),
        logGroupNames: [...logGroupNames(stage), accessLogName(stage)],
      });
    }
  }
}
