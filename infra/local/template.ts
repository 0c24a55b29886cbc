import { resolve as resolvePath } from 'node:path';
import { AssetManifestArtifact, CloudAssembly } from 'aws-cdk-lib/cx-api';
import * as z from 'zod';
import {
  functionArn,
  type Resource,
  resolverFor,
  type Stack,
  templateSchema,
  topicArn,
} from './intrinsics.ts';

import {
  type EventSourceDescription,
  eventSourceOf,
  eventSourceSchema,
  type QueueDescription,
  queueOf,
  queueSchema,
  type ScheduleDescription,
  scheduleSchema,
} from './template-events.ts';
import { policySchema, type RoleDescription, roleOf, roleSchema } from './template-roles.ts';

const functionSchema = z.object({
  Handler: z.string(),
  Code: z.object({ S3Key: z.string('must be an asset') }),
  Environment: z.object({ Variables: z.record(z.string(), z.string()) }).default({ Variables: {} }),
  // What Lambda takes where the template says nothing.
  Timeout: z.int().default(3),
  MemorySize: z.int().default(128),
  LoggingConfig: z.object({ LogGroup: z.string().optional() }).default({}),
  Role: z.string(),
});

const routeSchema = z.object({
  ApiId: z.string(),
  RouteKey: z.string(),
  Target: z.string().startsWith('integrations/'),
});

const integrationSchema = z.object({
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0'),
  TimeoutInMillis: z.int().default(30_000),
});

const corsSchema = z.object({
  AllowCredentials: z.boolean().default(false),
  AllowHeaders: z.array(z.string()).default([]),
  AllowMethods: z.array(z.string()).default([]),
  AllowOrigins: z.array(z.string()).default([]),
  ExposeHeaders: z.array(z.string()).default([]),
  MaxAge: z.int().optional(),
});
/** The CORS settings of an HTTP API, as its template has them; `MaxAge` in seconds. */
export type Cors = z.infer<typeof corsSchema>;

export interface FunctionDescription {
  logicalId: string;
  /** By which it is invoked. */
  name: string;
  /** Such as `index.handler`: the export `handler` of `index.js`. */
  handler: string;
  /** The folder with its code. */
  codePath: string;
  environment: Record<string, string>;
  timeoutSeconds: number;
  memoryMb: number;
  logGroup: string;
  /** What it may do. */
  role: RoleDescription;
}

export interface RouteDescription {
  /** `METHOD /path`, `ANY /path` or `$default`. */
  routeKey: string;
  /** The name of the function behind it. */
  function: string;
  /** How long the gateway waits for the function. */
  timeoutMs: number;
}

export interface CustomResourceDescription {
  /** The name of its stack. */
  stack: string;
  logicalId: string;
  type: string;
  /** The name of the function that creates, updates and deletes it. */
  serviceFunction: string;
  /** As the function gets them: all booleans and numbers are strings. */
  properties: Record<string, unknown>;
}

/** What the stacks of a cloud assembly say of everything that this machine can stand in for. */
export interface Assembly {
  functions: FunctionDescription[];
  routes: RouteDescription[];
  cors: Cors | undefined;
  /** The properties of each table, `TableName` always among them. */
  tables: Record<string, unknown>[];
  customResources: CustomResourceDescription[];
  queues: QueueDescription[];
  eventSources: EventSourceDescription[];
  schedules: ScheduleDescription[];
  /** The ARNs of the topics. */
  topics: string[];
}

/**
 * Reads the folder that `cdk synth` wrote, all of its stacks at once.
 *
 * @throws Error that names the resource that cannot be understood, and what of it
 */
export const readAssembly = (folder: string): Assembly => {
  const assembly = new CloudAssembly(folder);
  const stacks = assembly.stacks.map(
    ({ stackName, template }): Stack => ({ name: stackName, template: templateSchema.parse(template) }),
  );
  const assets = assetPaths(assembly);
  const { resolve, physicalId } = resolverFor(stacks);

  const resources = stacks.flatMap((stack) =>
    Object.entries(stack.template.Resources).map(([logicalId, resource]) => ({
      stack,
      logicalId,
      ...resource,
    })),
  );
  const ofType = (type: string) => resources.filter(({ Type }) => Type === type);

  /** Resolves and parses those properties that the schema names, so that others may hold what is not known here. */
  const parse = <Schema extends z.ZodObject>(
    schema: Schema,
    { stack, logicalId, Properties }: Resource & { stack: Stack; logicalId: string },
  ): z.infer<Schema> => {
    const wanted = Object.entries(Properties).filter(([name]) => name in schema.shape);
    const parsed = schema.safeParse(resolve(stack, Object.fromEntries(wanted)));
    if (parsed.success) return parsed.data;
    throw new Error(`${stack.name}/${logicalId} cannot run here.\n${z.prettifyError(parsed.error)}`);
  };

  const policies = ofType('AWS::IAM::Policy').map((resource) => parse(policySchema, resource));
  const roles = new Map(
    ofType('AWS::IAM::Role').map((resource) => [
      resolve(resource.stack, { 'Fn::GetAtt': [resource.logicalId, 'Arn'] }),
      roleOf(physicalId(resource.stack, resource.logicalId), parse(roleSchema, resource), policies),
    ]),
  );

  const functions = ofType('AWS::Lambda::Function').map((resource): FunctionDescription => {
    const { Handler, Code, Environment, Timeout, MemorySize, LoggingConfig, Role } = parse(
      functionSchema,
      resource,
    );
    const name = physicalId(resource.stack, resource.logicalId);
    return {
      logicalId: resource.logicalId,
      name,
      handler: Handler,
      codePath: assets.get(Code.S3Key) ?? fail(`${name}: there is no asset ${Code.S3Key}.`),
      environment: Environment.Variables,
      timeoutSeconds: Timeout,
      memoryMb: MemorySize,
      logGroup: LoggingConfig.LogGroup ?? `/aws/lambda/${name}`,
      role: roles.get(Role) ?? fail(`${name}: no stack has its role ${Role}.`),
    };
  });

  /** The name of the function that an ARN means, its own or that of a version or an alias. */
  const functionWithArn = (arn: unknown): string =>
    functions.find(({ name }) => `${arn}:`.startsWith(`${functionArn(name)}:`))?.name ??
    fail(`No stack has the function ${arn}.`);

  const integrations = new Map(
    ofType('AWS::ApiGatewayV2::Integration').map((resource) => [
      physicalId(resource.stack, resource.logicalId),
      parse(integrationSchema, resource),
    ]),
  );

  const [api, ...otherApis] = ofType('AWS::ApiGatewayV2::Api');
  if (otherApis.length > 0) fail('There is more than one HTTP API, and one gateway.');
  const apiId = api && physicalId(api.stack, api.logicalId);

  const routes = ofType('AWS::ApiGatewayV2::Route').map((resource): RouteDescription => {
    const { ApiId, RouteKey, Target } = parse(routeSchema, resource);
    if (ApiId !== apiId) fail(`The route ${RouteKey} is of the API ${ApiId}, which no stack has.`);
    const integration = integrations.get(Target.slice('integrations/'.length));
    if (!integration) return fail(`The route ${RouteKey} has no integration.`);
    return {
      routeKey: RouteKey,
      function: functionWithArn(integration.IntegrationUri),
      timeoutMs: integration.TimeoutInMillis,
    };
  });

  return {
    functions,
    routes,
    cors: api && parse(z.object({ CorsConfiguration: corsSchema.optional() }), api).CorsConfiguration,
    tables: ofType('AWS::DynamoDB::Table').map(({ stack, logicalId, Properties }) => ({
      ...z.record(z.string(), z.unknown()).parse(resolve(stack, Properties)),
      TableName: physicalId(stack, logicalId),
    })),
    customResources: resources
      .filter(({ Type }) => Type.startsWith('Custom::') || Type === 'AWS::CloudFormation::CustomResource')
      .map(({ stack, logicalId, Type, Properties }) => ({
        stack: stack.name,
        logicalId,
        type: Type,
        serviceFunction: functionWithArn(resolve(stack, Properties.ServiceToken)),
        properties: z.record(z.string(), z.unknown()).parse(withTextOnly(resolve(stack, Properties))),
      })),
    queues: ofType('AWS::SQS::Queue').map((resource) =>
      queueOf(physicalId(resource.stack, resource.logicalId), parse(queueSchema, resource)),
    ),
    eventSources: ofType('AWS::Lambda::EventSourceMapping').map((resource) =>
      eventSourceOf(parse(eventSourceSchema, resource)),
    ),
    schedules: ofType('AWS::Events::Rule')
      .map((resource) => ({
        name: physicalId(resource.stack, resource.logicalId),
        ...parse(scheduleSchema, resource),
      }))
      .map(({ name, State, ScheduleExpression, Targets }) => ({
        name,
        isEnabled: State === 'ENABLED',
        everyMs: ScheduleExpression,
        functions: Targets.map(({ Arn }) => functionWithArn(Arn)),
      })),
    topics: ofType('AWS::SNS::Topic').map(({ stack, logicalId }) => topicArn(physicalId(stack, logicalId))),
  };
};

/** The folders of the assembly's assets by the keys under which deploying would upload them. */
const assetPaths = (assembly: CloudAssembly): Map<string, string> =>
  new Map(
    assembly.artifacts
      .filter((artifact) => AssetManifestArtifact.isAssetManifestArtifact(artifact))
      .flatMap(({ contents }) => Object.values(contents.files ?? {}))
      .flatMap(({ source, destinations }) =>
        Object.values(destinations).map(({ objectKey }): [string, string] => [
          objectKey,
          resolvePath(assembly.directory, source.path ?? ''),
        ]),
      ),
  );

/** CloudFormation sends every scalar to a custom resource as a string. */
const withTextOnly = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withTextOnly);
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withTextOnly(item)]));
};

const fail = (message: string): never => {
  throw new Error(message);
};
