import type { RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { SERVICES } from '../../functions/contract/define-route.ts';
import { logGroupName, type Stage } from '../stages.ts';

/** What writes a log: the services of the catalogue, and the functions that are none of its routes. */
const WRITERS = [...SERVICES, 'gateway', 'emails', 'deployment'] as const;
export type Writer = (typeof WRITERS)[number];

/** The names of the log groups of all functions. */
export const logGroupNames = (stage: Stage): string[] => WRITERS.map((writer) => logGroupName(stage, writer));

/**
 * Makes the log groups of the functions, one for each service. So one look shows what a service does, and the saved queries need
 * not change with a route. The streams in a group say which function and which version has written.
 */
export const makeServiceLogs = (scope: Construct, stage: Stage, removalPolicy: RemovalPolicy): void => {
  const logs = new Construct(scope, 'Logs');
  for (const writer of WRITERS) {
    new LogGroup(logs, writer, {
      logGroupName: logGroupName(stage, writer),
      retention: stage.logRetention,
      removalPolicy,
    });
  }
};
