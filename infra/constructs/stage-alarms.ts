import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { SERVICES } from '../../functions/contract/define-route.ts';
import type { Stage } from '../stages.ts';
import { GOES_ON, written } from './function-alarms.ts';
import { type OnCall, PERIOD, summed } from './on-call.ts';

/** So many failed e-mails in so long a time are not one bad address any more. */
const MANY_EMAILS = { threshold: 5, period: Duration.minutes(5) };

/**
 * One person mistypes a password ten times at most, and one source is stopped at 100 failures in an hour: so many in five minutes
 * are of many sources.
 */
const MANY_SIGN_INS = { threshold: 50, period: Duration.minutes(5) };

/**
 * Makes the alarms for faults in what all services share, the table, the deployment records and Mandrill: one service's would tell
 * what the others' tell.
 */
export const stageAlarms = (onCall: OnCall, scope: Construct, stage: Stage): void => {
  const ofAll = (services: readonly string[], metricName: string, period = PERIOD) =>
    summed(
      metricName,
      services.map((service) => written(stage, { service })(metricName, 'Sum', period)),
      period,
    );
  onCall.alarm(scope, {
    kind: 'identify-request-error',
    notice: 'Requests are answered identify-request-error: nothing can be done there.',
    metric: ofAll([...SERVICES, 'gateway'], 'IdentifyRequestErrors'),
    threshold: 1,
    periods: GOES_ON,
  });
  onCall.alarm(scope, {
    kind: 'throttles',
    notice:
      'Lambda has no room: requests are answered 503 by the gateway itself, of this stage or another in the account.',
    // Of all functions together, as the room is the account's: by name it would be a metric, and a fee, for each.
    metric: new Metric({
      namespace: 'AWS/Lambda',
      metricName: 'Throttles',
      statistic: 'Sum',
      period: PERIOD,
    }),
    threshold: 1,
  });
  onCall.alarm(scope, {
    kind: 'not-found',
    notice:
      'Requests are answered service-not-found or route-not-found, of what is not on record or was withdrawn over an hour ago.',
    metric: ofAll(SERVICES, 'NotFound'),
    threshold: 1,
  });
  onCall.alarm(scope, {
    kind: 'sign-ins-failed',
    notice: 'A great number of sign-ins fail: somebody may be trying passwords.',
    metric: written(stage, { service: 'auth' })('SignInsFailed', 'Sum', MANY_SIGN_INS.period),
    threshold: MANY_SIGN_INS.threshold,
  });
  onCall.alarm(scope, {
    kind: 'emails-failed',
    notice:
      'Several e-mails have failed: requests are done, but answered mandrill-email-failed, and their e-mails come late.',
    metric: ofAll([...SERVICES, 'emails'], 'EmailsFailed', MANY_EMAILS.period),
    threshold: MANY_EMAILS.threshold,
  });
};
