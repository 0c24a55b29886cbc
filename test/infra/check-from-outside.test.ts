import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { checkEnvironmentSchema } from '../../functions/jobs/check-from-outside/environment.ts';
import { environmentSchema } from '../../functions/table/environment.ts';
import { appOf } from './app-with.ts';
import {
  arnOf,
  everyFunction,
  functionNamed,
  grantsOf,
  observability,
  onTable,
  templateOf,
  templatesOf,
} from './template.ts';

const production = templatesOf(appOf('production'));
const ruleIn = (template: (typeof production)['Gateway'], stage: string) =>
  Object.values(
    template.findResources('AWS::Events::Rule', {
      Properties: { Name: `plano-orders-${stage}-check-from-outside` },
    }),
  )[0]?.Properties;

describe('the check in dev', () => {
  const template = templateOf(appOf('dev'), 'Gateway');
  const check = functionNamed(template, 'plano-orders-dev-check-from-outside');

  it('The check may read what it was set up with and tell the team, and nothing else', () => {
    expect(grantsOf(template, check)).toEqual({
      ...observability(check),
      ...onTable(['UpdateItem'], ['NOTIFICATION']),
      'ssm:GetParameter': arnOf('ssm', 'parameter/plano-orders/dev/check'),
    });
    const schema = z.strictObject({
      ...everyFunction,
      ...environmentSchema.shape,
      ...checkEnvironmentSchema.shape,
      API_URL: z.unknown(),
    });
    const [api] = Object.keys(template.findResources('AWS::ApiGatewayV2::Api'));
    expect(schema.parse(check.environment)).toMatchObject({
      API_URL: { 'Fn::GetAtt': [api, 'ApiEndpoint'] },
      CHECK_PARAMETER: '/plano-orders/dev/check',
    });
  });

  it('The check is not called by the clock where nobody is on call, so that it costs nothing', () => {
    expect(ruleIn(template, 'dev')).toMatchObject({ State: 'DISABLED' });
  });
});

describe('the check where somebody is on call', () => {
  it('The check runs every five minutes, and a run that fails is not repeated', () => {
    const { Gateway } = production;
    const check = functionNamed(Gateway, 'plano-orders-production-check-from-outside');
    expect(ruleIn(Gateway, 'production')).toMatchObject({
      ScheduleExpression: 'rate(5 minutes)',
      State: 'ENABLED',
      Targets: [{ Arn: { Ref: check.alias } }],
    });
    Gateway.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      FunctionName: { Ref: check.logicalId },
      MaximumRetryAttempts: 0,
    });
  });

  it('People on call are told when the check has not passed for two of its last three times, also when it did not run', () => {
    production.Gateway.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'plano-orders-production-check-failed',
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      EvaluationPeriods: 3,
      DatapointsToAlarm: 2,
      TreatMissingData: 'breaching',
    });
  });
});

describe('a rollout', () => {
  /** The functions whose rollouts end with a hook, by the function that is called. */
  const hooksIn = (templates: typeof production) =>
    Object.values(templates).flatMap((template) =>
      Object.values(template.findResources('AWS::Lambda::Alias')).flatMap(({ Properties, UpdatePolicy }) => {
        const { AfterAllowTrafficHook: hook } = UpdatePolicy?.CodeDeployLambdaAliasUpdate ?? {};
        const { FunctionName } = template.toJSON().Resources[Properties.FunctionName.Ref].Properties;
        return hook === undefined ? [] : [[FunctionName, hook]];
      }),
    );
  const check = 'plano-orders-production-check-from-outside';

  it('A rollout of what the check calls ends when the check has passed, and no other waits for it', () => {
    expect(hooksIn(production)).toEqual([
      ['plano-orders-production-orders-show', check],
      ['plano-orders-production-orders-update', check],
    ]);
  });

  it('CodeDeploy may call the check, and the check may tell it the outcome of those rollouts alone', () => {
    const roles = Object.values(production).flatMap((template) =>
      Object.values(template.findResources('AWS::IAM::Role')),
    );
    const ofCodeDeploy = roles.filter(({ Properties }) =>
      JSON.stringify(Properties.AssumeRolePolicyDocument).includes('codedeploy'),
    );
    expect(ofCodeDeploy.flatMap(({ Properties }) => Properties.Policies ?? [])).toMatchObject([
      {
        PolicyDocument: {
          Statement: [{ Action: 'lambda:InvokeFunction', Resource: arnOf('lambda', `function:${check}`) }],
        },
      },
    ]);
    const grants = grantsOf(production.Gateway, functionNamed(production.Gateway, check));
    const group = (name: string) =>
      arnOf('codedeploy', `deploymentgroup:plano-orders-production-orders/plano-orders-production-${name}`);
    expect(grants['codedeploy:PutLifecycleEventHookExecutionStatus']).toEqual([
      group('orders-show'),
      group('orders-update'),
    ]);
  });

  it('The names by which the check tells CodeDeploy are those of the rollouts', () => {
    const groups = Object.values(production.Orders.findResources('AWS::CodeDeploy::DeploymentGroup')).map(
      ({ Properties }) => Properties.DeploymentGroupName,
    );
    expect(groups).toEqual(
      expect.arrayContaining(
        ['orders-show', 'orders-update'].map((name) => `plano-orders-production-${name}`),
      ),
    );
    production.Orders.hasResourceProperties('AWS::CodeDeploy::Application', {
      ApplicationName: 'plano-orders-production-orders',
    });
  });

  it('A rollout waits for no check where all goes over at once, be it for the stage or for what mends something', () => {
    expect(hooksIn(templatesOf(appOf('dev')))).toEqual([]);
    expect(hooksIn(templatesOf(appOf('production', { 'ignore-alarms': 'true' })))).toEqual([]);
  });
});
