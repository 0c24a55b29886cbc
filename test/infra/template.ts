import type { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { expect } from 'vitest';
import * as z from 'zod/mini';
import type { Service } from '../../functions/contract/define-route.ts';
import type { TableAction } from '../../functions/table/grants.ts';

/** The ids of the stacks of a stage, in the order in which they are deployed. */
export const STACKS = ['State', 'Gateway', 'Auth', 'Clients', 'Orders', 'Operations'] as const;
export type StackId = (typeof STACKS)[number];

/** Those of services. */
export const STACK_OF: Record<Service, StackId> = {
  auth: 'Auth',
  clients: 'Clients',
  orders: 'Orders',
  operations: 'Operations',
};

/** The template of a stack of an app. */
export const templateOf = (app: App, id: StackId): Template =>
  Template.fromStack(app.node.findChild(id) as Stack);

/** The templates of an app's stacks. */
export const templatesOf = (app: App): Record<StackId, Template> =>
  Object.fromEntries(STACKS.map((id) => [id, templateOf(app, id)])) as Record<StackId, Template>;

/** The name of the function behind a route of the gateway. */
export const functionBehind = (template: Template, key: string): string => {
  const [route] = Object.values(
    template.findResources('AWS::ApiGatewayV2::Route', { Properties: { RouteKey: key } }),
  );
  const integration: string = route?.Properties.Target['Fn::Join'][1][1].Ref;
  const { Resources } = template.toJSON();
  const { Ref: alias } = Resources[integration].Properties.IntegrationUri;
  return Resources[Resources[alias].Properties.FunctionName.Ref].Properties.FunctionName;
};

/** The ARN of what has a name, as a template makes it of that. */
export const arnOf = (service: string, name: string) => ({
  'Fn::Join': [
    '',
    [
      'arn:',
      { Ref: 'AWS::Partition' },
      `:${service}:`,
      { Ref: 'AWS::Region' },
      ':',
      { Ref: 'AWS::AccountId' },
      `:${name}`,
    ],
  ],
});

/** What every function of dev finds in its environment. */
export const everyFunction = { METRICS_NAMESPACE: z.literal('PlanoOrders/dev') };

interface FoundFunction {
  logicalId: string;
  properties: Record<string, unknown>;
  environment: Record<string, string>;
  /** The logical id of the alias by which it is called. */
  alias: string;
  /** The logical id of its role. */
  role: string;
  /** The name of its log group. */
  logGroup: string;
}

/** The one function of that name in the template. */
export const functionNamed = (template: Template, name: string): FoundFunction => {
  const found = Object.entries(
    template.findResources('AWS::Lambda::Function', { Properties: { FunctionName: name } }),
  );
  const [logicalId, { Properties: properties }] = found[0] ?? ['', { Properties: undefined }];
  if (found.length !== 1) throw new Error(`${found.length} functions are called ${name}`);
  const aliases = template.findResources('AWS::Lambda::Alias', {
    Properties: { FunctionName: { Ref: logicalId } },
  });
  return {
    logicalId,
    properties,
    alias: Object.keys(aliases)[0] ?? '',
    environment: properties.Environment?.Variables ?? {},
    role: properties.Role['Fn::GetAtt'][0],
    logGroup: properties.LoggingConfig.LogGroup,
  };
};

/**
 * All that the function's role may do: each action, once, with the resource on which it is allowed, or with resource and
 * condition where there is a condition.
 */
export const grantsOf = (template: Template, { role }: FoundFunction): Record<string, unknown> => {
  const { Policies = [], ManagedPolicyArns = [] } = template.toJSON().Resources[role].Properties;
  const attached = template.findResources('AWS::IAM::Policy', { Properties: { Roles: [{ Ref: role }] } });
  if (ManagedPolicyArns.length + Object.keys(attached).length > 0)
    throw new Error(`${role} has policies from elsewhere`);
  const statements = Policies.flatMap(
    ({ PolicyDocument }: { PolicyDocument: { Statement: unknown[] } }) => PolicyDocument.Statement,
  );
  const grants: Record<string, unknown> = {};
  for (const { Effect, Action, Resource, Condition, ...rest } of statements) {
    if (Effect !== 'Allow' || Object.keys(rest).length > 0)
      throw new Error(`${role} has an unusual statement`);
    for (const action of [Action].flat()) {
      if (action in grants) throw new Error(`${role} is granted ${action} twice`);
      grants[action] = Condition === undefined ? Resource : { Resource, Condition };
    }
  }
  return grants;
};

/** What every function may do: write the log of its service. */
export const observability = ({ logGroup }: FoundFunction) => {
  const arn = arnOf('logs', `log-group:${logGroup}:*`);
  return { 'logs:CreateLogStream': arn, 'logs:PutLogEvents': arn };
};

/** Those actions on the table of stage dev, each on the rows of all those leading keys. */
export const onTable = (actions: readonly TableAction[], keys: readonly string[]) =>
  Object.fromEntries(
    actions.map((action) => [
      `dynamodb:${action}`,
      {
        Resource: { 'Fn::Join': ['', expect.arrayContaining([':table/plano-orders-dev'])] },
        Condition: {
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys },
          Null: { 'dynamodb:LeadingKeys': 'false' },
        },
      },
    ]),
  );
