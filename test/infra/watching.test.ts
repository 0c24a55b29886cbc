import { readFileSync } from 'node:fs';
import type { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import type { Route } from '../../functions/contract/define-route.ts';
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
const namesIn = (rollout: { AlarmConfiguration: { Alarms: { Name: { Ref: string } }[] } }) =>
  rollout.AlarmConfiguration.Alarms.map(
    ({ Name }) => alarms.find(({ id }) => id === Name.Ref)?.AlarmName,
  ).toSorted();

describe.each(routes.map((route) => [route.path, route] as const))('the route %s', (_, route) => {
  const dimensions = (metric: { Dimensions: { Name: string; Value: string }[] }) =>
    Object.fromEntries(metric.Dimensions.map(({ Name, Value }) => [Name, Value]));
  const own = { service: route.service, route: route.path };
  const functionName = `plano-orders-production-${nameOf(route)}`;

  it('A route has alarms for crashes, and for requests that its function could not answer', () => {
    const crashes = alarmNamed(`${nameOf(route)}-crashes`);
    expect(crashes).toMatchObject({
      Namespace: 'PlanoOrders/production',
      MetricName: 'ApplicationCrashes',
      Threshold: 1,
    });
    expect(dimensions(crashes)).toEqual(own);
    const errors = alarmNamed(`${nameOf(route)}-function-errors`);
    expect(errors).toMatchObject({ Namespace: 'AWS/Lambda', MetricName: 'Errors', Threshold: 1 });
    expect(dimensions(errors)).toEqual({ FunctionName: functionName });
  });

  it('A route has alarms for faults before it is identified, slow answers and throttles', () => {
    const name = nameOf(route);
    const identify = alarmNamed(`${name}-identify-request-error`);
    expect(identify).toMatchObject({ MetricName: 'IdentifyRequestErrors', Threshold: 1 });
    expect(dimensions(identify)).toEqual(own);
    const { Timeout } = functionNamed(templates[STACK_OF[route.service]], functionName).properties;
    const latency = alarmNamed(`${name}-latency`);
    expect(latency).toMatchObject({ MetricName: 'Latency', ExtendedStatistic: 'p99' });
    expect(latency.Threshold).toBe((Number(Timeout) * 1_000) / 2);
    expect(alarmNamed(`${name}-throttles`)).toMatchObject({ MetricName: 'Throttles', Threshold: 1 });
  });

  const sendsEmail = route.sends?.includes('email') ?? false;
  it(`A route that sends ${sendsEmail ? '' : 'no '}e-mail has ${sendsEmail ? 'an' : 'no'} alarm for failed e-mails`, () => {
    const names = alarms.map(({ AlarmName }) => AlarmName);
    const name = `${functionName}-emails-failed`;
    expect(names.includes(name)).toBe(sendsEmail);
  });

  it('A route gets a new version gradually, and back when an alarm of its own goes off', () => {
    const rollout = rolloutOf(templates[STACK_OF[route.service]], nameOf(route));
    expect(JSON.stringify(rollout.DeploymentConfigName)).toContain('LambdaCanary10Percent15Minutes');
    expect(rollout.AlarmConfiguration).toMatchObject({ Enabled: true });
    expect(rollout.AutoRollbackConfiguration).toEqual({
      Enabled: true,
      Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'],
    });
    expect(namesIn(rollout)).toEqual(
      ['crashes', 'function-errors', 'identify-request-error', 'latency', 'throttles'].map(
        (kind) => `${functionName}-${kind}`,
      ),
    );
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
    const { Dimensions } = alarmNamed(`${name}-identify-request-error`);
    expect(Dimensions).toContainEqual({ Name: 'service', Value: 'gateway' });
    expect(Dimensions).toContainEqual({ Name: 'route', Value: route });
  });
});

describe('the table', () => {
  it.each(['table', ...Object.keys(tableIndexes)])('The throttles of %s are watched', (place) => {
    const { Dimensions } = alarmNamed(`${place}-writes-table-throttles`);
    const index = { Name: 'GlobalSecondaryIndexName', Value: place };
    expect(Dimensions).toHaveLength(place === 'table' ? 1 : 2);
    if (place !== 'table') expect(Dimensions).toContainEqual(index);
  });
});

describe('a rollout', () => {
  const gateway = ['crashes', 'function-errors', 'identify-request-error', 'latency', 'throttles'];
  it.each<[string, StackId, string[]]>([
    ['console', 'Gateway', gateway],
    ['reference', 'Gateway', gateway],
    ['unmatched', 'Gateway', gateway],
    ['send-due-emails', 'Operations', ['crashes', 'function-errors', 'throttles']],
    ['find-due-emails', 'Operations', ['function-errors', 'throttles']],
    ['alert-team', 'Operations', ['function-errors', 'throttles']],
  ])('A rollout is gradual also of %s, watched by its alarms', (name, stack, kinds) => {
    expect(namesIn(rolloutOf(templates[stack], name))).toEqual(
      kinds.map((kind) => `plano-orders-production-${name}-${kind}`),
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
