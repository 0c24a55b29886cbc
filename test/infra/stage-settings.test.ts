import { Validations } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import type { Stage } from '../../infra/stages.ts';
import { appWith } from './app-with.ts';
import { functionNamed, type StackId, templatesOf } from './template.ts';

/** What settings do that no stage has as it comes. */
const templatesWith = (settings: Partial<Stage>): Record<StackId, Template> => templatesOf(appWith(settings));

/** Of a stage as it comes. */
const usual = templatesWith({});

it('A stage that names its account and region passes cdk-nag as well, which then knows what ARNs are in full', () => {
  const throttle = { rate: 10, burst: 20, passwords: { rate: 1, burst: 2 } };
  const app = appWith({ account: '123456789012', region: 'eu-west-1', throttle });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  expect(app.synth().stacks.map(({ environment }) => environment)).toContainEqual(
    expect.objectContaining({ account: '123456789012', region: 'eu-west-1' }),
  );
});

describe('a domain', () => {
  const certificateArn = 'arn:aws:acm:eu-west-1:123456789012:certificate/0a1b2c3d';
  const { Gateway: gateway } = templatesWith({ domain: { name: 'api.example.com', certificateArn } });

  it('A stage’s domain is an address of the API, and the one that is told', () => {
    const [domain] = Object.keys(
      gateway.findResources('AWS::ApiGatewayV2::DomainName', {
        Properties: {
          DomainName: 'api.example.com',
          DomainNameConfigurations: [{ CertificateArn: certificateArn, EndpointType: 'REGIONAL' }],
        },
      }),
    );
    gateway.hasResourceProperties('AWS::ApiGatewayV2::ApiMapping', { DomainName: { Ref: domain } });
    gateway.hasOutput('ApiUrl', { Value: 'https://api.example.com' });
    const { environment } = functionNamed(gateway, 'plano-orders-dev-check-from-outside');
    expect(environment.API_URL).toBe('https://api.example.com');
    gateway.hasOutput('DomainTarget', { Value: { 'Fn::GetAtt': [domain, 'RegionalDomainName'] } });
  });
});

describe('who is called', () => {
  const settings = {
    alarmAddresses: ['ada@example.com'],
    pager: { emails: ['pager@example.com'], https: ['https://pager.example.com/key'] },
    heartbeat: 'https://beats.example.com/key',
  };
  const { State: state, Operations: operations } = templatesWith(settings);
  /** Who is subscribed to the topic of a name. */
  const subscribed = (name: string) => {
    const [topic] = Object.keys(
      state.findResources('AWS::SNS::Topic', { Properties: { TopicName: `plano-orders-dev-${name}` } }),
    );
    return Object.values(state.findResources('AWS::SNS::Subscription'))
      .map(({ Properties: { TopicArn, Protocol, Endpoint } }) => ({
        topic: TopicArn.Ref,
        Protocol,
        Endpoint,
      }))
      .filter((each) => each.topic === topic)
      .map(({ Protocol, Endpoint }) => `${Protocol} ${Endpoint}`);
  };

  it('A pager is subscribed to what pages alone, and the addresses to everything', () => {
    expect(subscribed('pages')).toEqual(['email ada@example.com']);
    expect(subscribed('pager')).toEqual(['email pager@example.com', 'https https://pager.example.com/key']);
  });

  it('The job that alerts calls the URL by which somebody outside watches it', () => {
    const alert = functionNamed(operations, 'plano-orders-dev-alert-team');
    expect(alert.environment.HEARTBEAT_URL).toBe('https://beats.example.com/key');
  });
});

describe('a restored table', () => {
  const { Orders: orders, State: state } = templatesWith({ restoredTable: 'plano-orders-dev-restored' });
  const tableOf = (template: Template) =>
    Object.entries(template.findResources('AWS::DynamoDB::Table')).map(([id, { Properties, ...rest }]) => {
      const { TableName, ...properties } = Properties;
      return { id, name: TableName, properties, rest };
    });

  it('A restored table is what the functions use, which may use the other as well, as earlier versions still do', () => {
    const list = functionNamed(orders, 'plano-orders-dev-orders-list');
    expect(list.environment.TABLE_NAME).toBe('plano-orders-dev-restored');
    const role = JSON.stringify(orders.toJSON().Resources[list.role]);
    for (const table of ['plano-orders-dev', 'plano-orders-dev-restored']) {
      for (const place of ['', '/index/orders-of-all', '/index/orders-of-client']) {
        expect(role).toContain(`:table/${table}${place}"`);
      }
    }
  });

  it('A restored table is the stack’s from then on, with all that the code says of a table, so that releases reach it', () => {
    const [restored, ...others] = tableOf(state);
    const [former] = tableOf(usual.State);
    expect(others).toEqual([]);
    expect(restored?.name).toBe('plano-orders-dev-restored');
    expect(restored?.properties).toEqual(former?.properties);
    expect(restored?.rest).toEqual(former?.rest);
    state.hasOutput('TableName', { Value: 'plano-orders-dev-restored' });
  });

  it('A restored table has an id of its own, and so has the next, since CloudFormation takes over nothing under one it has', () => {
    const next = templatesWith({ restoredTable: 'plano-orders-dev-restored-2' }).State;
    const ids = [usual.State, state, next].flatMap(tableOf).map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
  });

  it('A restored table changes nothing else in the stack of the state', () => {
    const others = (template: Template) =>
      Object.entries(template.toJSON().Resources).filter(
        ([, resource]) => (resource as { Type: string }).Type !== 'AWS::DynamoDB::Table',
      );
    expect(others(state)).toEqual(others(usual.State));
  });

  it('A restored table gets the deployment records anew', () => {
    const [record] = Object.values(orders.findResources('Custom::RouteRecord'));
    expect(record?.Properties.table).toBe('plano-orders-dev-restored');
  });
});

describe('a monthly budget', () => {
  const budgetsOf = ({ Operations: operations }: Record<StackId, Template>) =>
    Object.values(operations.findResources('AWS::Budgets::Budget'));

  it('A stage has no budget where none is set', () => {
    expect(budgetsOf(usual)).toEqual([]);
  });

  it('A budget counts what has the stage’s tags, and mails the people on call before the money is gone', () => {
    const alarmAddresses = ['ada@example.com', 'bob@example.com'];
    const subscribers = alarmAddresses.map((Address) => ({ SubscriptionType: 'EMAIL', Address }));
    const [budget] = budgetsOf(templatesWith({ monthlyBudget: 250, alarmAddresses }));
    expect(budget?.Properties.Budget).toMatchObject({
      BudgetType: 'COST',
      TimeUnit: 'MONTHLY',
      BudgetLimit: { Amount: 250, Unit: 'USD' },
      FilterExpression: {
        And: [
          { Tags: { Key: 'project', Values: ['plano-orders'] } },
          { Tags: { Key: 'stage', Values: ['dev'] } },
        ],
      },
    });
    expect(budget?.Properties.NotificationsWithSubscribers).toMatchObject([
      { Notification: { NotificationType: 'ACTUAL', Threshold: 80 }, Subscribers: subscribers },
      { Notification: { NotificationType: 'FORECASTED', Threshold: 100 }, Subscribers: subscribers },
    ]);
  });
});
