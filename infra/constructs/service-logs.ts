import { RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { SERVICES } from '../../functions/contract/define-route.ts';
import { logGroupName, type Stage } from '../stages.ts';

/** What writes a log: the services of the catalogue, and the functions that are none of its routes. */
const WRITERS = [...SERVICES, 'gateway', 'emails', 'deployment'] as const;
export type ServiceLogs = Readonly<Record<(typeof WRITERS)[number], LogGroup>>;

/** The names of all of them. */
export const namesOf = (logs: ServiceLogs): string[] =>
  Object.values(logs).map(({ logGroupName }) => logGroupName);

/**
 * The log groups of the functions, one for each service. So one look shows what a service does, and the saved queries need not
 * change with a route. The streams in a group say which function and which version has written.
 */
export const serviceLogs = (scope: Construct, stage: Stage): ServiceLogs => {
  const logs = new Construct(scope, 'Logs');
  const groups = WRITERS.map((writer) => [
    writer,
    new LogGroup(logs, writer, {
      logGroupName: logGroupName(stage, writer),
      retention: stage.logRetention,
      // Kept, it would be in the way of a stack that comes back under the same name.
      removalPolicy: RemovalPolicy.DESTROY,
    }),
  ]);
  return Object.fromEntries(groups);
};
