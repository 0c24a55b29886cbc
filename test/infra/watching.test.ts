import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { type Route, SERVICES } from '../../functions/contract/define-route.ts';
import { statuses } from '../../functions/contract/statuses.ts';
import { MEANINGS } from '../../functions/notifications/alert-message.ts';
import { NOTIFICATION_KINDS } from '../../functions/notifications/notification.ts';
import { catalogue } from '../../functions/routes/catalogue.ts';
import { tableIndexes } from '../../functions/table/indexes.ts';
import { ALARMS, PAGES } from '../../infra/constructs/on-call.ts';
import { appOf } from './app-with.ts';
import { arnOf, functionNamed, STACK_OF, type StackId, templatesOf } from './template.ts';

/** What watches a stage, and what it costs. */
const templates = templatesOf(appOf('production'));
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
/** A name, in which the number of a version stands as `*`. */
const nameIn = (text: string | { 'Fn::Join': [string, unknown[]] }): string =>
  typeof text === 'string'
    ? text
    : text['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : '*')).join('');
const alarms = found('AWS::CloudWatch::Alarm').map((alarm) => ({
  ...alarm,
  AlarmName: nameIn(alarm.AlarmName),
}));
const composites = found('AWS::CloudWatch::CompositeAlarm');
const alarmNamed = (name: string) => {
  const [alarm, ...others] = alarms.filter(
    ({ AlarmName }) => AlarmName === `plano-orders-production-${name}`,
  );
  if (alarm === undefined || others.length > 0) throw new Error(`not one alarm is called ${name}`);
  return alarm;
};
const nameOf = ({ path }: Route) => path.replaceAll('/', '-');
const topic = arnOf('sns', 'plano-orders-production-pages');
const pager = arnOf('sns', 'plano-orders-production-pager');

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
    .AlarmConfiguration.Alarms.map(({ Name }: { Name: { Ref: string } }) =>
      nameIn(from.toJSON().Resources[Name.Ref].Properties.AlarmName),
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

describe.each(routes.map((route) => [route.path, route] as const))('the route %s', (_, route) => {
  const functionName = `plano-orders-production-${nameOf(route)}`;
  const template = templates[STACK_OF[route.service]];

  it('A route has an alarm that sees the faults of its new version alone, and is there before that is called', () => {
    const alarm = alarmNamed(`${nameOf(route)}-version-*-rollout`);
    const { alias } = functionNamed(template, functionName);
    const { DependsOn, Properties } = template.toJSON().Resources[alias];
    expect(DependsOn).toContain(alarm.id);
    const [errors, faults] = addedUp(alarm);
    expect(errors).toMatchObject({ Namespace: 'AWS/Lambda', MetricName: 'Errors' });
    expect(dimensionsOf(errors ?? {})).toEqual({
      FunctionName: functionName,
      Resource: `${functionName}:live`,
      ExecutedVersion: Properties.FunctionVersion,
    });
    expect(faults).toMatchObject({ Namespace: 'PlanoOrders/production', MetricName: 'Faults' });
    expect(dimensionsOf(faults ?? {})).toEqual({
      service: route.service,
      route: route.path,
      function_version: Properties.FunctionVersion,
    });
    // An alarm of the same name would stay on for the faults of the version before.
    expect(JSON.stringify(template.toJSON().Resources[alarm.id].Properties.AlarmName)).toContain(
      JSON.stringify(Properties.FunctionVersion),
    );
  });

  it('A route has no more than eleven resources, one alarm among them', () => {
    // The name of another route may start like this one's, and goes on in small letters.
    const own = new RegExp(`^(DeploymentRecords)?${route.path.replaceAll(/\W|_/g, '')}(?![a-z])`);
    const types = Object.entries<{ Type: string }>(template.toJSON().Resources)
      .filter(([id]) => own.test(id))
      .map(([, { Type }]) => Type);
    expect(types.length).toBeGreaterThan(9);
    expect(types.length).toBeLessThanOrEqual(11);
    expect(types.filter((type) => type === 'AWS::CloudWatch::Alarm')).toHaveLength(1);
  });

  it('A route gets a new version gradually, and back when that fails or its service becomes slow', () => {
    const rollout = rolloutOf(template, nameOf(route));
    expect(JSON.stringify(rollout.DeploymentConfigName)).toContain('LambdaCanary10Percent15Minutes');
    expect(rollout.AlarmConfiguration).toMatchObject({ Enabled: true });
    expect(rollout.AutoRollbackConfiguration).toEqual({
      Enabled: true,
      Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'],
    });
    expect(watching(template, nameOf(route))).toEqual(
      [`${functionName}-version-*-rollout`, `plano-orders-production-${route.service}-latency`].toSorted(),
    );
  });
});

describe.each([...SERVICES, 'gateway'] as const)('the service %s', (service) => {
  const ofService = routes.filter((route) => route.service === service);
  const names =
    service === 'gateway'
      ? ['unmatched', 'console', 'account', 'reference']
      : ofService.map((route) => nameOf(route));

  it('A service has an alarm for slow answers', () => {
    const latency = alarmNamed(`${service}-latency`);
    expect(latency).toMatchObject({
      Namespace: 'PlanoOrders/production',
      MetricName: 'Latency',
      ExtendedStatistic: 'p99',
    });
    expect(dimensionsOf(latency)).toEqual({ service });
    const { Timeout } = functionNamed(
      templates[service === 'gateway' ? 'Gateway' : STACK_OF[service]],
      `plano-orders-production-${names[0]}`,
    ).properties;
    expect(latency.Threshold).toBe((Number(Timeout) * 1_000) / 2);
  });

  it('A service has alarms for the errors of all its functions, of ten each', () => {
    const found = names.flatMap((_, index) => {
      if (index % 10 > 0) return [];
      return addedUp(alarmNamed(`${service}-${index === 0 ? '' : `from-${index + 1}-`}function-errors`));
    });
    expect(found).toMatchObject(names.map(() => ({ Namespace: 'AWS/Lambda', MetricName: 'Errors' })));
    expect(found.map((metric) => dimensionsOf(metric))).toEqual(
      names.map((each) => ({ FunctionName: `plano-orders-production-${each}` })),
    );
  });
});

describe.each(SERVICES)('the service %s of the catalogue', (service) => {
  it('A service of the catalogue has an alarm for crashes that go on', () => {
    const crashes = alarmNamed(`${service}-crashes`);
    expect(crashes).toMatchObject({ MetricName: 'ApplicationCrashes', Threshold: 1 });
    expect(crashes).toMatchObject({ EvaluationPeriods: 5, DatapointsToAlarm: 2 });
    expect(dimensionsOf(crashes)).toEqual({ service });
  });

  it('A service of the catalogue has an alarm for the share of refused requests, of enough, in several periods', () => {
    const refused = alarmNamed(`${service}-refused`);
    expect(refused).toMatchObject({ Threshold: 50, EvaluationPeriods: 3, DatapointsToAlarm: 3 });
    const [share, ...others]: { Expression: string; MetricStat: { Metric: object; Period: number } }[] =
      refused.Metrics;
    expect(share?.Expression).toBe('IF(requests >= 30, 100 * FILL(refused, 0) / requests, 0)');
    expect(others).toMatchObject(
      ['Requests', 'Refusals'].map((MetricName) => ({
        MetricStat: { Metric: { Namespace: 'PlanoOrders/production', MetricName }, Period: 300 },
      })),
    );
    for (const { MetricStat } of others) expect(dimensionsOf(MetricStat.Metric)).toEqual({ service });
  });
});

describe('what all services share', () => {
  it('There is one alarm for sign-ins that fail in great numbers', () => {
    const alarm = alarmNamed('sign-ins-failed');
    expect(alarm).toMatchObject({
      MetricName: 'SignInsFailed',
      Threshold: 50,
      Period: 300,
      Statistic: 'Sum',
    });
    expect(dimensionsOf(alarm)).toEqual({ service: 'auth' });
  });

  it('There is one alarm for calls for which Lambda has no room, which is that of the account', () => {
    const throttles = alarmNamed('throttles');
    expect(throttles).toMatchObject({ Namespace: 'AWS/Lambda', MetricName: 'Throttles', Threshold: 1 });
    expect(dimensionsOf(throttles)).toEqual({});
  });

  it.each([
    ['identify-request-error', 'IdentifyRequestErrors', 1, [...SERVICES, 'gateway']],
    ['not-found', 'NotFound', 1, SERVICES],
    ['emails-failed', 'EmailsFailed', 5, [...SERVICES, 'emails']],
  ] as const)('There is one alarm %s, which adds up %s of all', (name, MetricName, threshold, services) => {
    const alarm = alarmNamed(name);
    expect(alarm.Threshold).toBe(threshold);
    expect(addedUp(alarm)).toMatchObject(services.map(() => ({ MetricName })));
    expect(addedUp(alarm).map((metric) => dimensionsOf(metric))).toEqual(
      services.map((service) => ({ service })),
    );
  });
});

const headings = [...runbook.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w -]/g, '')
    .replaceAll(' ', '-'),
);

describe('the runbook', () => {
  const faults = Object.entries(statuses).filter(([, { http }]) => http >= 500);

  it.each(faults)('The runbook says what the status %s means and what to do', (status, { http }) => {
    expect(runbook).toMatch(new RegExp(`^\\| \`${status}\` \\| ${http} \\| .+ \\| .+ \\|$`, 'm'));
  });

  it('The runbook points to nothing that it has not', () => {
    const links = [...runbook.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor);
    expect(links.filter((anchor) => anchor === undefined || !headings.includes(anchor))).toEqual([]);
  });

  it.each(NOTIFICATION_KINDS)(
    'The runbook has the heading to which an alert of the kind %s points',
    (kind) => {
      expect(headings).toContain(MEANINGS[kind].heading);
    },
  );
});

/** What an alarm says: its severity, what a client notices, and where in the runbook one reads on. */
const said = ({ AlarmDescription }: { AlarmDescription: string }): string[] =>
  /^(PAGE|TELL|ROLLOUT): (.+\.) What to do: https:\/\/[^#]+#([a-z-]+)$/s.exec(AlarmDescription)?.slice(1) ??
  [];
const membersOf = ({ AlarmRule }: { AlarmRule: string }): string[] =>
  AlarmRule.split(' OR ').map((each) => /^ALARM\("(.+)"\)$/.exec(each)?.[1] ?? '');

describe('an alarm', () => {
  it('There are no more alarms than people can know', () => {
    expect(alarms.length + composites.length).toBeLessThanOrEqual(75);
  });

  it.each([...alarms, ...composites].map((alarm) => [alarm.AlarmName, alarm] as const))(
    'The alarm %s says first how severe it is, then what a client notices, and points into the runbook',
    (_, alarm) => {
      const [, , kind = ''] = said(alarm);
      expect([...ALARMS, ...Object.keys(PAGES)]).toContain(kind);
      expect(headings).toContain(kind);
    },
  );

  it.each(alarms.map((alarm) => [alarm.AlarmName, alarm] as const))(
    'The alarm %s tells the people on call, unless it turns a version back or a composite alarm pages for it',
    (_, alarm) => {
      const [severity] = said(alarm);
      const isMember = composites.some((composite) => membersOf(composite).includes(alarm.AlarmName));
      expect(severity === 'PAGE').toBe(isMember);
      const told = severity === 'TELL' ? [topic] : undefined;
      expect(alarm.AlarmActions).toEqual(told);
      expect(alarm.OKActions).toEqual(told);
    },
  );

  it('The alarms are of every kind in the runbook', () => {
    const kinds = new Set([...alarms, ...composites].map((alarm) => said(alarm)[2]));
    expect([...kinds].toSorted()).toEqual([...ALARMS, ...Object.keys(PAGES)].toSorted());
  });
});

describe('a composite alarm', () => {
  const { Operations } = templates;

  it.each(composites.map((composite) => [composite.AlarmName, composite] as const))(
    'The composite alarm %s pages and tells, and is made of alarms that there are by then',
    (_, composite) => {
      expect(said(composite)[0]).toBe('PAGE');
      expect(composite.AlarmActions).toEqual([topic, pager]);
      expect(composite.OKActions).toEqual([topic, pager]);
      const names = alarms.map(({ AlarmName }) => AlarmName);
      expect(membersOf(composite).filter((name) => !names.includes(name))).toEqual([]);
      // CloudWatch refuses what names an alarm that there is not. Those of other stacks are deployed before.
      const { DependsOn = [] } = Operations.toJSON().Resources[composite.id];
      const own = Object.entries(Operations.findResources('AWS::CloudWatch::Alarm')).filter(
        ([, { Properties }]) => membersOf(composite).includes(Properties.AlarmName),
      );
      expect(DependsOn.toSorted()).toEqual(own.map(([id]) => id).toSorted());
    },
  );

  it('The alarms of all services and of the gateway page when requests go on failing', () => {
    const requests = composites.find(({ AlarmName }) => AlarmName.endsWith('-requests-failing'));
    expect(membersOf(requests).toSorted()).toEqual(
      [...SERVICES.map((service) => `${service}-crashes`), 'gateway-faults', 'identify-request-error']
        .map((name) => `plano-orders-production-${name}`)
        .toSorted(),
    );
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
    ['account', 'account'],
    ['reference', 'reference'],
  ])('The alarm of the function %s watches it by the name that it writes', (name, route) => {
    const [, faults] = addedUp(alarmNamed(`${name}-version-*-rollout`));
    expect(dimensionsOf(faults ?? {})).toMatchObject({ service: 'gateway', route });
  });
});

describe('the jobs', () => {
  it('The failed runs of jobs are watched, and what is reported, of all together', () => {
    const counts = addedUp(alarmNamed('jobs-runs-failing')) as {
      MetricName: string;
      Dimensions: { Name: string; Value: string }[];
    }[];
    expect(
      counts.map((metric) => `${Object.values(dimensionsOf(metric))} ${metric.MetricName}`).toSorted(),
    ).toEqual(
      [
        'emails ApplicationCrashes',
        ...['find-due-emails', 'send-due-emails', 'alert-team'].map(
          (name) => `plano-orders-production-${name} Errors`,
        ),
      ].toSorted(),
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
  it.each<[string, StackId, string[]]>([
    ['console', 'Gateway', ['console-version-*-rollout', 'gateway-latency']],
    ['account', 'Gateway', ['account-version-*-rollout', 'gateway-latency']],
    ['reference', 'Gateway', ['reference-version-*-rollout', 'gateway-latency']],
    ['unmatched', 'Gateway', ['unmatched-version-*-rollout', 'gateway-latency']],
  ])('A rollout is gradual also of %s, watched by its alarms', (name, stack, own) => {
    expect(watching(templates[stack], name)).toEqual(
      own.map((alarm) => `plano-orders-production-${alarm}`).toSorted(),
    );
  });

  it('A rollout moves aliases at once and without CodeDeploy when the operator says so', () => {
    const { Gateway, Orders } = templatesOf(appOf('production', { 'ignore-alarms': 'true' }));
    expect(rolloutOf(Gateway, 'console')).toBeUndefined();
    expect(rolloutOf(Orders, 'orders-update')).toBeUndefined();
    // CodeDeploy keeps what it has for the next rollout.
    const groups = (template: Template) =>
      Object.values(template.findResources('AWS::CodeDeploy::DeploymentGroup'));
    expect(groups(Orders)).toEqual(groups(templates.Orders));
  });

  it.each(['send-due-emails', 'find-due-emails', 'alert-team'])(
    'The job %s is shifted at once: a tenth of its calls would prove nothing',
    (name) => expect(rolloutOf(templates.Operations, name)).toBeUndefined(),
  );
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
      "a job's runs",
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
  const dev = Object.values(templatesOf(appOf('dev')));

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
