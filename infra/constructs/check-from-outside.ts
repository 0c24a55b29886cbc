import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Route } from '../../functions/contract/define-route.ts';
import { tellOfFaults } from '../../functions/notifications/grants.ts';
import { showOrder } from '../../functions/routes/orders/orders/show/route.ts';
import { updateOrder } from '../../functions/routes/orders/orders/update/route.ts';
import { CHECK, checkName, functionOfRoute, resourceName, type Stage } from '../stages.ts';
import { allow } from './bundled-function.ts';
import { succeeded } from './function-alarms.ts';
import type { OnCall } from './on-call.ts';
import { ScheduledFunction } from './scheduled-function.ts';
import { readSecret } from './secrets.ts';
import type { StageTable } from './stage-table.ts';
import { useTable } from './table-access.ts';

/** The routes that the check calls, of which no rollout ends before the check has passed. */
const CHECKED: readonly Route[] = [showOrder, updateOrder];
export const isChecked = ({ path }: Pick<Route, 'path'>): boolean =>
  CHECKED.some((route) => route.path === path);

const EVERY = Duration.minutes(5);

/** Allows telling CodeDeploy how a hook went, in the rollouts of the checked routes; there are none where all goes over at once. */
const tellRollouts = (scope: Construct, stage: Stage): PolicyStatement[] => {
  if (stage.rollout === 'at-once') return [];
  const groups = CHECKED.map((route) =>
    Stack.of(scope).formatArn({
      service: 'codedeploy',
      resource: 'deploymentgroup',
      resourceName: `${resourceName(stage, route.service)}/${resourceName(stage, functionOfRoute(route.path))}`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    }),
  );
  return [allow(['codedeploy:PutLifecycleEventHookExecutionStatus'], groups)];
};

interface CheckFromOutsideProps {
  stage: Stage;
  onCall: OnCall;
  table: StageTable;
  /** Where clients call the API. */
  apiUrl: string;
}

/**
 * Reads and changes an order as clients do: every five minutes where somebody is on call, and before a rollout of what it calls
 * ends. It has to be there before the first of those, and so stands with the gateway.
 */
export class CheckFromOutside extends ScheduledFunction {
  constructor(scope: Construct, id: string, { stage, onCall, table, apiUrl }: CheckFromOutsideProps) {
    super(scope, id, {
      stage,
      name: CHECK,
      log: 'operations',
      description: 'Checks from outside, as a client, whether an order can be read and changed.',
      folder: 'functions/jobs/check-from-outside',
      environment: {
        STAGE: stage.name,
        TABLE_NAME: table.name,
        API_URL: apiUrl,
        CHECK_PARAMETER: checkName(stage),
      },
      access: [
        ...useTable(table, tellOfFaults),
        readSecret(scope, checkName(stage)),
        ...tellRollouts(scope, stage),
      ],
      every: EVERY,
      // Each run costs, and changes a row.
      isScheduled: stage.alarmAddresses.length > 0,
    });
    const alarm = onCall.alarm(this, {
      kind: 'check-failed',
      notice:
        'Reading an order or changing one does not work from outside, or nobody has checked it for ten minutes.',
      metric: succeeded(this, EVERY),
      threshold: 1,
      below: true,
      // The clock may call it twice within one period, and not in the next.
      periods: { of: 3, bad: 2 },
      silenceIsBad: true,
    });
    // Before that it could but go off.
    alarm?.node.addDependency(this.rule);
  }
}
