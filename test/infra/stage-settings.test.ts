import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../functions/routes/catalogue.ts';
import { ApiStack } from '../../infra/api-stack.ts';
import { type Stage, stageNamed } from '../../infra/stages.ts';
import { StateStack } from '../../infra/state-stack.ts';
import { functionNamed } from './template.ts';
import { unbundled } from './unbundled.ts';

/** What settings do that no stage has as it comes. */
const templatesWith = (settings: Partial<Stage>): { api: Template; state: Template } => {
  const app = new App({ context: unbundled, analyticsReporting: false });
  const stage = { ...stageNamed('dev'), ...settings };
  const api = new ApiStack(app, 'Api', { stage, routes: catalogue, release: '1.0.0', ignoreAlarms: false });
  const state = new StateStack(app, 'State', { stage });
  return { api: Template.fromStack(api), state: Template.fromStack(state) };
};

describe('a domain', () => {
  const certificateArn = 'arn:aws:acm:eu-west-1:123456789012:certificate/0a1b2c3d';
  const { api } = templatesWith({ domain: { name: 'api.example.com', certificateArn } });

  it('A stage’s domain is an address of the API, and the one that is told', () => {
    const [domain] = Object.keys(
      api.findResources('AWS::ApiGatewayV2::DomainName', {
        Properties: {
          DomainName: 'api.example.com',
          DomainNameConfigurations: [{ CertificateArn: certificateArn, EndpointType: 'REGIONAL' }],
        },
      }),
    );
    api.hasResourceProperties('AWS::ApiGatewayV2::ApiMapping', { DomainName: { Ref: domain } });
    api.hasOutput('ApiUrl', { Value: 'https://api.example.com' });
    api.hasOutput('DomainTarget', { Value: { 'Fn::GetAtt': [domain, 'RegionalDomainName'] } });
  });
});

describe('a restored table', () => {
  const { api, state } = templatesWith({ restoredTable: 'plano-orders-dev-restored' });

  it('A restored table is what the functions use, which may use the other as well, as earlier versions still do', () => {
    state.hasResourceProperties('AWS::DynamoDB::Table', { TableName: 'plano-orders-dev' });
    const list = functionNamed(api, 'plano-orders-dev-orders-list');
    expect(list.environment.TABLE_NAME).toBe('plano-orders-dev-restored');
    const role = JSON.stringify(api.toJSON().Resources[list.role]);
    for (const table of ['plano-orders-dev', 'plano-orders-dev-restored']) {
      for (const place of ['', '/index/orders-of-all', '/index/orders-of-client']) {
        expect(role).toContain(`:table/${table}${place}"`);
      }
    }
  });

  it('A restored table gets the deployment records anew', () => {
    const [record] = Object.values(api.findResources('Custom::RouteRecord'));
    expect(record?.Properties.table).toBe('plano-orders-dev-restored');
  });
});
