/**
 * Prints what a stage costs by the month though nobody calls it, and how many resources its stacks have, counted in its
 * templates: `npx node test/bench/fees.ts`, production's unless another stage is named.
 */
import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SERVICES } from '../../functions/contract/define-route.ts';
import { catalogue } from '../../functions/routes/catalogue.ts';
import { createApp } from '../../infra/app.ts';
import { unbundled } from '../infra/unbundled.ts';

/** USD in us-east-1, without free tiers and discounts, as AWS lists them in November 2026; a month has 30 days. */
const PRICES = {
  /** Of each metric that an alarm looks at. */
  alarmMetric: 0.1,
  /** Of an alarm that is made of others. */
  compositeAlarm: 0.5,
  dashboard: 3.0,
  /** Of a metric of our own, in a month in which it has a value in every hour. */
  metric: 0.3,
  lambdaRequest: 0.2 / 1e6,
  /** arm64. */
  lambdaGbSecond: 0.0000133334,
  queueRequest: 0.4 / 1e6,
  gatewayRequest: 1.0 / 1e6,
  writeUnit: 0.625 / 1e6,
  readUnit: 0.125 / 1e6,
};
const MINUTES = 30 * 24 * 60;
/** One in five minutes. */
const CHECKS = MINUTES / 5;
/** Of one update with a key, as `cost.ts` counts them. */
const CHECK_WRITES = 10;
/** Of three requests: the token and its use, the records of service and route, and the order. */
const CHECK_READS = 15;
/** Requests and Latency of a service and of two routes, which it calls in every hour. */
const CHECKED_METRICS = 2 * 3;

/** A run that finds nothing to do, in seconds: more than it takes on this machine. */
const RUN_SECONDS = 0.1;
/** Lambda asks an empty queue by five requests at once, of 20 seconds each ("Using Lambda with Amazon SQS"). */
const LOOKS_IN_A_MINUTE = 5 * 3;
/** Those that each request writes by service and by route, and each new instance of a function: Requests, Latency, ColdStarts. */
const METRICS_OF_EACH = 3;
/** What each service writes besides when something is refused: Refusals. Other metrics there are only while something is wrong. */
const METRICS_OF_SERVICE = 1;
/** CloudFormation's quota. */
const MOST_RESOURCES = 500;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const stage = process.argv[2] ?? 'production';
const app = createApp({ stage, context: unbundled });
const templates = app.node.children
  .filter((child): child is Stack => 'stackName' in child)
  .map((stack) => ({ name: stack.stackName, template: Template.fromStack(stack) }));

interface Resource {
  Properties: {
    Metrics?: { MetricStat?: object }[];
    AlarmDescription?: string;
    MemorySize?: number;
    ScheduleExpression?: string;
    State?: string;
  };
}
const found = (type: string): Resource[] =>
  templates.flatMap(({ template }) => Object.values(template.findResources(type)) as Resource[]);

const alarms = found('AWS::CloudWatch::Alarm');
const watched = alarms.reduce(
  (sum, { Properties: { Metrics } }) =>
    sum + (Metrics?.filter(({ MetricStat }) => MetricStat !== undefined).length ?? 1),
  0,
);
const dashboards = found('AWS::CloudWatch::Dashboard').length;
const composites = found('AWS::CloudWatch::CompositeAlarm').length;
const metrics = METRICS_OF_EACH * (SERVICES.length + catalogue.length) + METRICS_OF_SERVICE * SERVICES.length;
const rules = found('AWS::Events::Rule').filter(({ Properties: { State } }) => State === 'ENABLED');
const everyMinute = rules.filter(
  ({ Properties }) => Properties.ScheduleExpression === 'rate(1 minute)',
).length;
const checks = rules.length - everyMinute;
const queues = found('AWS::Lambda::EventSourceMapping').length;
const [memoryMb = 0] = found('AWS::Lambda::Function')
  .map(({ Properties }) => Properties.MemorySize ?? 0)
  .toSorted((one, other) => other - one);
/** Four calls of functions: its own, which waits for the others, and those of the three requests that it sends. */
const check =
  4 * PRICES.lambdaRequest +
  (memoryMb / 1_024) * 5 * RUN_SECONDS * PRICES.lambdaGbSecond +
  3 * PRICES.gatewayRequest +
  CHECK_WRITES * PRICES.writeUnit +
  CHECK_READS * PRICES.readUnit;
const run = PRICES.lambdaRequest + (memoryMb / 1_024) * RUN_SECONDS * PRICES.lambdaGbSecond;

const fees: [what: string, figure: string, usd: number][] = [
  ['Alarms', `${alarms.length}, which look at ${watched} metrics`, watched * PRICES.alarmMetric],
  ['Composite alarms', `${composites}`, composites * PRICES.compositeAlarm],
  ['Dashboards', `${dashboards}`, dashboards * PRICES.dashboard],
  ['Runs of each minute', `of ${everyMinute} functions`, everyMinute * MINUTES * run],
  ['The check from outside', `${checks * CHECKS} times`, checks * CHECKS * check],
  ['Metrics that it keeps alive', `${checks * CHECKED_METRICS}`, checks * CHECKED_METRICS * PRICES.metric],
  ['Lambda looking into queues', `${queues}`, queues * LOOKS_IN_A_MINUTE * MINUTES * PRICES.queueRequest],
];
say(`${stage}, a month, though nobody calls it:\n`);
say('| | | USD |');
say('| --- | --- | --- |');
for (const [what, figure, usd] of fees) say(`| ${what} | ${figure} | ${usd.toFixed(2)} |`);
say(`| **Together** | | **${fees.reduce((sum, [, , usd]) => sum + usd, 0).toFixed(2)}** |`);
/** How many alarms there are of each severity, of which composite ones all page. */
const severities = [...alarms, ...found('AWS::CloudWatch::CompositeAlarm')].map(
  ({ Properties: { AlarmDescription = '' } }) => AlarmDescription.split(':')[0] ?? '',
);
const counts = Map.groupBy(severities, (severity) => severity);
say(
  `\nAlarms: ${[...counts].map(([severity, { length }]) => `${length} ${severity}`).join(', ') || 'none'}.`,
);
say(
  `\nAt most, when each of ${catalogue.length} routes of ${SERVICES.length} services is called in every hour: ` +
    `${metrics} metrics, ${(metrics * PRICES.metric).toFixed(2)} USD.`,
);
for (const { name, template } of templates) {
  say(`${name}: ${Object.keys(template.toJSON().Resources).length} of ${MOST_RESOURCES} resources`);
}
