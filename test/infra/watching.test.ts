import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { type Route, SERVICES, sendsEmail } from '../../functions/contract/define-route.ts';
import { statuses } from '../../functions/contract/statuses.ts';
import { catalogue } from '../../functions/routes/catalogue.ts';
import { tableIndexes } from '../../functions/table/indexes.ts';
import { createApp } from '../../infra/app.ts';
import { ALARMS } from '../../infra/constructs/on-call.ts';
import { arnOf, functionNamed, STACK_OF, type StackId, templatesOf } from './template.ts';
import { unbundled } from './unbundled.ts';

/** What watches a stage, and what it costs. */
const templatesIn = (stage: string, context = {}): Record<StackId, Template> =>
  templatesOf(createApp({ stage, context: { ...unbundled, ...context } }));
const templates = templatesIn('production');
const routes: readonly Route[] = catalogue;
const runbook = readFileSync('docs/runbook.md', 'utf8');
/** All resources of a type, of all stacks. */
const found = (type: string, props: object = {}) =>
  Object.values(templates).flatMap((template) =>
    Object.entries(template.findResources(type, props)).map(([id, { Properties }]) => ({
      id,
      ...Properties,
    })),
  );
const alarms = found('AWS::CloudWatch::Alarm');
const alarmNamed = (name: string) => {
  const [alarm, ...others] = alarms.filter(
    ({ AlarmName }) => AlarmName === `plano-orders-production-${name}`,
  );
  if (alarm === undefined || others.length > 0) throw new Error(`not one alarm is called ${name}`);
  return alarm;
};
const nameOf = ({ path }: Route) => path.replaceAll('/', '-');
const topic = arnOf('sns', 'plano-orders-production-pages');

/** How CodeDeploy moves the alias of a function. */
const rolloutOf = (from: Template, name: string) => {
  const { alias } = functionNamed(from, `plano-orders-production-${name}`);
  const { UpdatePolicy } = from.toJSON().Resources[alias];
  const group = UpdatePolicy?.CodeDeployLambdaAliasUpdate?.DeploymentGroupName?.Ref;
  return from.toJSON().Resources[group]?.Properties;
};
/** The alarms by which a function of that name is turned back. */
const watching = (from: Template, name: string): string[] =>
  rolloutOf(from, name)
    .AlarmConfiguration.Alarms.map(
      ({ Name }: { Name: { Ref: string } }) => from.toJSON().Resources[Name.Ref].Properties.AlarmName,
    )
    .toSorted();

/** The values of a metric's dimensions. */
const dimensionsOf = ({ Dimensions }: { Dimensions?: { Name: string; Value: string }[] }) =>
  Object.fromEntries((Dimensions ?? []).map(({ Name, Value }) => [Name, Value]));
/** The metrics that an alarm adds up. */
const addedUp = ({ Metrics }: { Metrics: { Expression?: string; MetricStat?: { Metric: object } }[] }) => {
  const [sum, ...others] = Metrics;
  expect(sum).toMatchObject({ Expression: 'SUM(FILL(METRICS(), 0))' });
  return others.map(({ MetricStat }) => MetricStat?.Metric ?? {});
};
/** The kinds of alarms of a service for which versions of all its functions are turned back. */
const OF_SERVICE = ['identify-request-error', 'latency', 'functions-throttles'];

describe.each(routes.map((route) => [route.path, route] as const))('the route %s', (_, route) => {
  const functionName = `plano-orders-production-${nameOf(route)}`;
  const template = templates[STACK_OF[route.service]];

  it('A route has alarms for crashes, and for requests that its function could not answer', () => {
    const crashes = alarmNamed(`${nameOf(route)}-crashes`);
    expect(crashes).toMatchObject({
      Namespace: 'PlanoOrders/production',
      MetricName: 'ApplicationCrashes',
      Threshold: 1,
    });
    expect(dimensionsOf(crashes)).toEqual({ service: route.service, route: route.path });
    const errors = alarmNamed(`${nameOf(route)}-function-errors`);
    expect(errors).toMatchObject({ Namespace: 'AWS/Lambda', MetricName: 'Errors', Threshold: 1 });
    expect(dimensionsOf(errors)).toEqual({ FunctionName: functionName });
  });

  it('A route has no more than eleven resources, two alarms among them', () => {
    // The name of another route may start like this one's, and goes on in small letters.
    const own = new RegExp(`^(DeploymentRecords)?${route.path.replaceAll(/\W|_/g, '')}(?![a-z])`);
    const types = Object.entries<{ Type: string }>(template.toJSON().Resources)
      .filter(([id]) => own.test(id))
      .map(([, { Type }]) => Type);
    expect(types.length).toBeGreaterThan(9);
    expect(types.length).toBeLessThanOrEqual(11);
    expect(types.filter((type) => type === 'AWS::CloudWatch::Alarm')).toHaveLength(2);
  });

  it('A route gets a new version gradually, and back when an alarm of its own or of its service goes off', () => {
    const rollout = rolloutOf(template, nameOf(route));
    expect(JSON.stringify(rollout.DeploymentConfigName)).toContain('LambdaCanary10Percent15Minutes');
    expect(rollout.AlarmConfiguration).toMatchObject({ Enabled: true });
    expect(rollout.AutoRollbackConfiguration).toEqual({
      Enabled: true,
      Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'],
    });
    expect(watching(template, nameOf(route))).toEqual(
      [
        ...['crashes', 'function-errors'].map((kind) => `${functionName}-${kind}`),
        ...OF_SERVICE.map((kind) => `plano-orders-production-${route.service}-${kind}`),
      ].toSorted(),
    );
  });
});

describe.each([...SERVICES, 'gateway'] as const)('the service %s', (service) => {
  const ofService = routes.filter((route) => route.service === service);
  const names =
    service === 'gateway' ? ['unmatched', 'console', 'reference'] : ofService.map((route) => nameOf(route));

  it('A service has alarms for faults before a route is identified, and for slow answers', () => {
    const identify = alarmNamed(`${service}-identify-request-error`);
    expect(identify).toMatchObject({ MetricName: 'IdentifyRequestErrors', Threshold: 1 });
    const latency = alarmNamed(`${service}-latency`);
    expect(latency).toMatchObject({ MetricName: 'Latency', ExtendedStatistic: 'p99' });
    for (const alarm of [identify, latency]) {
      expect(alarm.Namespace).toBe('PlanoOrders/production');
      expect(dimensionsOf(alarm)).toEqual({ service });
    }
    const { Timeout } = functionNamed(
      templates[service === 'gateway' ? 'Gateway' : STACK_OF[service]],
      `plano-orders-production-${names[0]}`,
    ).properties;
    expect(latency.Threshold).toBe((Number(Timeout) * 1_000) / 2);
  });

  it('A service has an alarm for the throttles of all its functions', () => {
    const throttles = alarmNamed(`${service}-functions-throttles`);
    expect(throttles.Threshold).toBe(1);
    expect(addedUp(throttles)).toMatchObject(
      names.map(() => ({ Namespace: 'AWS/Lambda', MetricName: 'Throttles' })),
    );
    expect(addedUp(throttles).map((metric) => dimensionsOf(metric).FunctionName)).toEqual(
      names.map((name) => `plano-orders-production-${name}`),
    );
  });

  it('A service that sends e-mail has an alarm for failed ones, and no other has', () => {
    const doesSend = ofService.some(sendsEmail);
    const alarm = alarms.find(
      ({ AlarmName }) => AlarmName === `plano-orders-production-${service}-emails-failed`,
    );
    expect(alarm !== undefined).toBe(doesSend);
    if (alarm) expect(dimensionsOf(alarm)).toEqual({ service });
  });
});

describe('the runbook', () => {
  const faults = Object.entries(statuses).filter(([, { http }]) => http >= 500);

  it.each(faults)('The runbook says what the status %s means and what to do', (status, { http }) => {
    expect(runbook).toMatch(new RegExp(`^\\| \`${status}\` \\| ${http} \\| .+ \\| .+ \\|$`, 'm'));
  });

  it('The runbook points to nothing that it has not', () => {
    const anchorOf = (heading: string) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w -]/g, '')
        .replaceAll(' ', '-');
    const headings = [...runbook.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));
    const links = [...runbook.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor);
    expect(links.filter((anchor) => anchor === undefined || !headings.includes(anchor))).toEqual([]);
  });
});

describe('an alarm', () => {
  it('There are no more alarms than people can know, and that cost little', () => {
    expect(alarms.length).toBeLessThanOrEqual(75);
  });

  it.each(alarms.map((alarm) => [alarm.AlarmName, alarm] as const))(
    'The alarm %s says what a client notices, points into the runbook, and tells the people on call',
    (_, { AlarmDescription, AlarmActions, OKActions }) => {
      const [, notice, kind = ''] =
        /^(.+\.) What to do: https:\/\/[^#]+#([a-z-]+)$/s.exec(AlarmDescription) ?? [];
      expect(notice).toBeDefined();
      expect(ALARMS).toContain(kind);
      expect(runbook).toMatch(new RegExp(`^### ${kind}$`, 'm'));
      expect(AlarmActions).toEqual([topic]);
      expect(OKActions).toEqual([topic]);
    },
  );

  it('The alarms are of every kind in the runbook', () => {
    const kinds = new Set(alarms.map(({ AlarmDescription }) => AlarmDescription.split('#')[1]));
    expect([...kinds].toSorted()).toEqual([...ALARMS].toSorted());
  });
});

describe('what fails without a word of the functions', () => {
  it('The gateway’s own answers are counted from its log, since no function tells of them', () => {
    for (const [metric, pattern] of [
      ['GatewayFaults', /status = "5\*".*integration_error != "-"/],
      ['GatewayThrottles', /status = "429"/],
    ] as const) {
      const [filter] = found('AWS::Logs::MetricFilter', {
        Properties: { MetricTransformations: [{ MetricName: metric }] },
      });
      expect(filter).toMatchObject({
        LogGroupName: '/aws/vendedlogs/plano-orders-production-access',
        FilterPattern: expect.stringMatching(pattern),
        MetricTransformations: [{ MetricNamespace: 'PlanoOrders/production' }],
      });
    }
  });

  it.each(['find-due-emails', 'alert-team'])('An alarm tells that %s does not run', (name) => {
    expect(alarmNamed(`${name}-not-running`)).toMatchObject({
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
      EvaluationPeriods: 5,
    });
  });
});

describe('the gateway’s other functions', () => {
  it.each([
    ['unmatched', '$default'],
    ['console', 'console'],
    ['reference', 'reference'],
  ])('The alarms of the function %s watch it by the name that it writes', (name, route) => {
    expect(dimensionsOf(alarmNamed(`${name}-crashes`))).toEqual({ service: 'gateway', route });
  });
});

describe('the jobs', () => {
  it('The throttles of jobs are watched, of all together', () => {
    expect(addedUp(alarmNamed('jobs-throttles')).map((metric) => dimensionsOf(metric).FunctionName)).toEqual(
      ['find-due-emails', 'send-due-emails', 'alert-team'].map((name) => `plano-orders-production-${name}`),
    );
  });
});

describe('the table', () => {
  const metrics = addedUp(alarmNamed('table-throttles'));

  it.each(['table', ...Object.keys(tableIndexes)])('The throttles of %s are watched', (place) => {
    const dimensions = {
      TableName: 'plano-orders-production',
      ...(place !== 'table' && { GlobalSecondaryIndexName: place }),
    };
    const ofPlace = metrics.filter((metric) => isDeepStrictEqual(dimensionsOf(metric), dimensions));
    expect(ofPlace).toMatchObject([
      { Namespace: 'AWS/DynamoDB', MetricName: 'ReadThrottleEvents' },
      { Namespace: 'AWS/DynamoDB', MetricName: 'WriteThrottleEvents' },
    ]);
  });
});

describe('a rollout', () => {
  const gateway = OF_SERVICE.map((kind) => `gateway-${kind}`);
  it.each<[string, StackId, string[], string[]]>([
    ['console', 'Gateway', ['crashes', 'function-errors'], gateway],
    ['reference', 'Gateway', ['crashes', 'function-errors'], gateway],
    ['unmatched', 'Gateway', ['crashes', 'function-errors'], gateway],
    ['send-due-emails', 'Operations', ['crashes', 'function-errors'], ['jobs-throttles']],
    ['find-due-emails', 'Operations', ['function-errors'], ['jobs-throttles']],
    ['alert-team', 'Operations', ['function-errors'], ['jobs-throttles']],
  ])('A rollout is gradual also of %s, watched by its alarms', (name, stack, own, shared) => {
    expect(watching(templates[stack], name)).toEqual(
      [...own.map((kind) => `${name}-${kind}`), ...shared]
        .map((alarm) => `plano-orders-production-${alarm}`)
        .toSorted(),
    );
  });

  it('A rollout gets through at once, though alarms are on, when the operator says so', () => {
    const { Gateway, Orders } = templatesIn('production', { 'ignore-alarms': 'true' });
    for (const rollout of [rolloutOf(Gateway, 'console'), rolloutOf(Orders, 'orders-update')]) {
      expect(rollout.AlarmConfiguration).toMatchObject({ Enabled: false });
      expect(JSON.stringify(rollout.DeploymentConfigName)).toContain('LambdaAllAtOnce');
    }
  });
});

describe('the dashboard', () => {
  it('The dashboard has every service, and need not change with a route', () => {
    const [dashboard, ...others] = found('AWS::CloudWatch::Dashboard');
    expect(others).toEqual([]);
    const body = JSON.stringify(dashboard?.DashboardBody);
    for (const service of new Set(routes.map((route) => route.service))) {
      expect(body).toContain(`${service}: requests`);
    }
    for (const { path } of routes) expect(body).not.toContain(path);
    // Quotes would ask for a function of just that name.
    expect(body).toContain('FunctionName=plano FunctionName=orders FunctionName=production');
  });
});

describe('the saved queries', () => {
  it('The saved queries ask the logs of all services and of the gateway', () => {
    const queries = found('AWS::Logs::QueryDefinition');
    expect(queries.map(({ Name }) => Name.split('/')[1]).toSorted()).toEqual([
      "a client's day",
      'cold starts',
      'faults',
      'one request by its id',
      'slowest routes',
      'statuses over time',
    ]);
    const groups = found('AWS::Logs::LogGroup').map(({ LogGroupName }) => LogGroupName);
    for (const { LogGroupNames } of queries) {
      expect(LogGroupNames.toSorted()).toEqual(groups.toSorted());
    }
  });
});

describe('dev', () => {
  const dev = Object.values(templatesIn('dev'));

  it.each([
    'AWS::CloudWatch::Alarm',
    'AWS::CloudWatch::Dashboard',
    'AWS::KMS::Key',
    'AWS::SecretsManager::Secret',
    'AWS::Logs::MetricFilter',
    'AWS::Route53::HostedZone',
  ])('The stage dev has no %s, which would cost by the month', (type) => {
    for (const template of dev) template.resourceCountIs(type, 0);
  });

  it('The stage dev gets new versions at once, without anything that would wait for alarms', () => {
    for (const template of dev) {
      template.resourceCountIs('AWS::CodeDeploy::DeploymentGroup', 0);
      template.resourceCountIs('AWS::CodeDeploy::Application', 0);
    }
  });
});
