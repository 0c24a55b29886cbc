import { CfnQueryDefinition } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { accessLogName, resourceName, type Stage } from '../stages.ts';
import { logGroupNames } from './service-logs.ts';

/** A request as the functions' logs have it: one line, whose message says so. */
export const REQUESTS = 'filter message = "request"';

/** Of each line, which function has written it, and which version: the name of its stream says so, that of a line of Lambda's too. */
const BY_FUNCTION = 'parse @logStream "*/*/*/*[*][*]" as year, month, day, functionName, version, instance';

/**
 * What Lambda itself writes of a function that does not start, does not come to an end, or throws; in text, without fields. Source:
 * "Understanding the Lambda execution environment lifecycle" and "Troubleshoot invocation issues" in its guide.
 */
const OF_LAMBDA =
  '/Task timed out|Status: (timeout|error)|Runtime[.]|Runtime exited|Process exited|Invoke Error|Uncaught Exception|Unhandled Promise/';

/** Queries of Logs Insights, by name: what people on call ask of the logs. Values to replace stand in angle brackets. */
export const QUERIES: Record<string, readonly string[]> = {
  'one request by its id': [
    // In the text, since what Lambda writes has no fields. Of a request that never answered, it is found by its lambda_request_id.
    BY_FUNCTION,
    'fields @timestamp, functionName, @message',
    'filter @message like "<request_id>"',
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
  "a job's runs": [
    BY_FUNCTION,
    'fields @timestamp, functionName, version, @message',
    'filter @logStream like "<job>" and @message not like /^(START|END) /',
    'sort @timestamp desc',
    'limit 200',
  ],
  faults: [
    BY_FUNCTION,
    'fields @timestamp, functionName, version, request_id, faults.0.name, faults.0.message, @message',
    `filter level = "ERROR" or @message like ${OF_LAMBDA}`,
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
