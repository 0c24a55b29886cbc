import { App, Validations } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { describe, expect, it, vi } from 'vitest';
import { catalogue } from '../../functions/routes/catalogue.ts';
import { addStacks } from '../../infra/app.ts';
import { type Stage, stageNamed } from '../../infra/stages.ts';
import { functionNamed, type StackId, templatesOf } from './template.ts';
import { unbundled } from './unbundled.ts';

// The first synthesis of a process loads the validation of templates: seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

/** What settings do that no stage has as it comes. */
const appWith = (settings: Partial<Stage>): App => {
  const app = new App({ context: unbundled, analyticsReporting: false });
  const stage = { ...stageNamed('dev'), ...settings };
  addStacks(app, stage, { routes: catalogue, release: '1.0.0', ignoreAlarms: false });
  return app;
};
const templatesWith = (settings: Partial<Stage>): Record<StackId, Template> => templatesOf(appWith(settings));

it('A stage that names its account and region passes cdk-nag as well, which then knows what ARNs are in full', () => {
  const app = appWith({ account: '123456789012', region: 'eu-west-1' });
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

  it('A restored table is what the functions use, which may use the other as well, as earlier versions still do', () => {
    state.hasResourceProperties('AWS::DynamoDB::Table', { TableName: 'plano-orders-dev' });
    const list = functionNamed(orders, 'plano-orders-dev-orders-list');
    expect(list.environment.TABLE_NAME).toBe('plano-orders-dev-restored');
    const role = JSON.stringify(orders.toJSON().Resources[list.role]);
    for (const table of ['plano-orders-dev', 'plano-orders-dev-restored']) {
      for (const place of ['', '/index/orders-of-all', '/index/orders-of-client']) {
        expect(role).toContain(`:table/${table}${place}"`);
      }
    }
  });

  it('A restored table gets the deployment records anew', () => {
    const [record] = Object.values(orders.findResources('Custom::RouteRecord'));
    expect(record?.Properties.table).toBe('plano-orders-dev-restored');
  });
});
