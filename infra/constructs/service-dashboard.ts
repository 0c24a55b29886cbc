import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  LogQueryVisualizationType,
  LogQueryWidget,
  MathExpression,
  PeriodOverride,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { SERVICES } from '../../functions/contract/define-route.ts';
import { metricsNamespace, resourceName, type Stage } from '../stages.ts';
import { PAGES } from './on-call.ts';
import { REQUESTS } from './saved-queries.ts';
import { logGroupNames } from './service-logs.ts';

const PERIOD = Duration.minutes(5);
const [HALF, THIRD, QUARTER] = [12, 8, 6];

/**
 * One page for each stage: what each service and each of its routes does. Its graphs search for the metrics, so that a route
 * shows by itself as soon as it has been called.
 */
export class ServiceDashboard extends Construct {
  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    const namespace = metricsNamespace(stage);
    /** A graph of what a search finds: a line each. */
    const graph = (title: string, width: number, find: string, statistic: string): GraphWidget =>
      new GraphWidget({
        title,
        width,
        height: 6,
        left: [
          new MathExpression({
            label: '',
            expression: `SEARCH('${find}', '${statistic}', ${PERIOD.toSeconds()})`,
            usingMetrics: {},
            period: PERIOD,
          }),
        ],
      });
    const routes = `{"${namespace}",route,service}`;
    const ofRoutes = (service: string, metric: string): string =>
      `${routes} service="${service}" MetricName="${metric}"`;
    // A name in quotes would have to be all of a function's name; the words of a name find all that have them.
    const words = resourceName(stage, '').split('-').filter(Boolean);
    const ofFunctions = (metric: string): string =>
      `{AWS/Lambda,FunctionName} MetricName="${metric}" ${words.map((word) => `FunctionName=${word}`).join(' ')}`;

    const dashboard = new Dashboard(this, 'Dashboard', {
      dashboardName: resourceName(stage, 'services'),
      periodOverride: PeriodOverride.INHERIT,
      defaultInterval: Duration.hours(12),
    });
    dashboard.addWidgets(
      new TextWidget({
        width: 24,
        height: 1,
        markdown: `**Plano Orders, ${stage.name}.** What to do when an alarm goes off: [the runbook](${stage.runbook}).`,
      }),
      new AlarmStatusWidget({
        title: 'What pages',
        width: QUARTER,
        height: 6,
        alarms: Object.keys(PAGES).map((kind) => Alarm.fromAlarmName(this, kind, resourceName(stage, kind))),
      }),
      new LogQueryWidget({
        title: 'Statuses',
        width: 24 - QUARTER,
        height: 6,
        view: LogQueryVisualizationType.BAR,
        logGroupNames: logGroupNames(stage),
        queryLines: [REQUESTS, 'stats count(*) as requests by status'],
      }),
    );
    for (const service of SERVICES) {
      dashboard.addWidgets(
        graph(`${service}: requests`, THIRD, ofRoutes(service, 'Requests'), 'Sum'),
        graph(`${service}: latency, p99, ms`, THIRD, ofRoutes(service, 'Latency'), 'p99'),
        graph(
          `${service}: faults and failed e-mails`,
          THIRD,
          `${routes} service="${service}" ` +
            'MetricName=("ApplicationCrashes" OR "IdentifyRequestErrors" OR "EmailsFailed")',
          'Sum',
        ),
      );
    }
    dashboard.addWidgets(
      graph(
        'Refused, and not found',
        HALF,
        `{"${namespace}",service} MetricName=("Refusals" OR "NotFound")`,
        'Sum',
      ),
      graph('E-mails that wait', HALF, `{"${namespace}",service} service="emails"`, 'Maximum'),
    );
    dashboard.addWidgets(
      graph('Functions: errors', THIRD, ofFunctions('Errors'), 'Sum'),
      graph('Functions: throttles', THIRD, ofFunctions('Throttles'), 'Sum'),
      graph('Functions: at once', THIRD, ofFunctions('ConcurrentExecutions'), 'Maximum'),
    );
  }
}
