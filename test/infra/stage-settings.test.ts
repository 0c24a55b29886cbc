import { Validations } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { describe, expect, it, vi } from 'vitest';
import type { Stage } from '../../infra/stages.ts';
import { appWith } from './app-with.ts';
import { functionNamed, type StackId, templatesOf } from './template.ts';

// The first synthesis of a process loads the validation of templates: seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

/** What settings do that no stage has as it comes. */
const templatesWith = (settings: Partial<Stage>): Record<StackId, Template> => templatesOf(appWith(settings));

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
