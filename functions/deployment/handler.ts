import { Logger } from '@aws-lambda-powertools/logger';
import type { CloudFormationCustomResourceEvent, CloudFormationCustomResourceResponse } from 'aws-lambda';
import * as z from 'zod/mini';
import { type Deployed, DeploymentRecords } from '../adapters/deployment-records.ts';
import type { Kind } from '../adapters/deployment-state.ts';
import { connect } from '../adapters/table.ts';
import { SERVICES } from '../contract/define-route.ts';
import { environmentSchema } from '../contract/environment.ts';

const serviceSchema = z.object({ name: z.enum(SERVICES), release: z.string() });
const routeSchema = z.pipe(
  z.object({
    service: z.enum(SERVICES),
    method: z.enum(['GET', 'POST']),
    path: z.string(),
    purpose: z.string(),
    // CloudFormation hands on every value as text.
    sensitive: z.stringbool(),
    release: z.string(),
    version: z.string(),
  }),
  z.transform((route) => ({ name: route.path, ...route })),
);

/** The SDK's default. */
const ATTEMPTS = 3;

const logger = new Logger({ serviceName: 'deployment' });

/** Does what CloudFormation asks of a resource; tells what the resource is called. */
type Keep = (event: CloudFormationCustomResourceEvent) => Promise<string>;

const open = () => {
  const { TABLE_NAME } = environmentSchema.parse(process.env);
  return { client: connect(ATTEMPTS), table: TABLE_NAME };
};

const keepRecord =
  (kind: Kind, schema: z.ZodMiniType<Deployed>): Keep =>
  async ({ RequestType, ResourceProperties }) => {
    const { client, table } = open();
    const records = new DeploymentRecords(client, table);
    if (RequestType === 'Delete') {
      // With other properties it has never come about.
      const { data } = schema.safeParse(ResourceProperties);
      if (data !== undefined) await records.remove(kind, data.name);
      return data?.name ?? 'none';
    }
    const deployed = schema.parse(ResourceProperties);
    await records.record(kind, deployed, new Date());
    return deployed.name;
  };

/** What this function keeps: resources of these types. */
const KEPT: Record<string, Keep> = {
  'Custom::ServiceRecord': keepRecord('service', serviceSchema),
  'Custom::RouteRecord': keepRecord('route', routeSchema),
};

const carryOut = async (event: CloudFormationCustomResourceEvent): Promise<string> => {
  const keep = KEPT[event.ResourceType];
  // What only another release keeps, such as the key that cursors were sealed with, leaves nothing to remove.
  if (keep === undefined && event.RequestType === 'Delete') return event.PhysicalResourceId;
  if (keep === undefined) throw new Error(`${event.ResourceType} is nothing that is kept here`);
  return keep(event);
};

/**
 * Keeps the deployment records, each a custom resource of CloudFormation's: at Create and Update (a rollback is an Update
 * to what was before) a record becomes what the template says, at Delete it is removed. CloudFormation waits for an answer
 * at a URL of its own, which is therefore sent whatever happens.
 */
export const handler = async (event: CloudFormationCustomResourceEvent): Promise<void> => {
  // Another id than before would have CloudFormation delete what had the one before.
  const known = event.RequestType === 'Create' ? undefined : event.PhysicalResourceId;
  const answer = await carryOut(event).then(
    (name) => ({ Status: 'SUCCESS' as const, PhysicalResourceId: known ?? name }),
    (error: unknown) => {
      logger.error('deployment', { error: error instanceof Error ? error : String(error) });
      return {
        Status: 'FAILED' as const,
        PhysicalResourceId: known ?? event.LogicalResourceId,
        Reason: 'What is deployed could not be put on record; see this function’s log.',
      };
    },
  );
  const response: CloudFormationCustomResourceResponse = {
    ...answer,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
  };
  const sent = await fetch(event.ResponseURL, {
    method: 'PUT',
    // The URL is signed for a request without a content type; `fetch` would send one of its own.
    headers: { 'content-type': '' },
    body: JSON.stringify(response),
  });
  // Thrown, it makes Lambda try again, which is what CloudFormation waits for.
  if (!sent.ok) throw new Error(`CloudFormation did not take the answer: ${sent.status}`);
  const { RequestType: request, LogicalResourceId: resource } = event;
  logger.info('deployment', { request, resource, answer: answer.Status, sent: sent.status });
};
