import { Logger } from '@aws-lambda-powertools/logger';
import type { CloudFormationCustomResourceEvent, CloudFormationCustomResourceResponse } from 'aws-lambda';
import * as z from 'zod/mini';
import { ensureCursorKey } from '../adapters/cursors.ts';
import { DeploymentRecords } from '../adapters/deployment-records.ts';
import { connect } from '../adapters/table.ts';
import { SERVICES } from '../contract/define-route.ts';
import { environmentSchema } from '../contract/environment.ts';

const deploymentSchema = z.object({
  release: z.string(),
  services: z.array(z.enum(SERVICES)),
  routes: z.array(
    z.object({
      service: z.enum(SERVICES),
      method: z.enum(['GET', 'POST']),
      path: z.string(),
      purpose: z.string(),
      // CloudFormation hands on every value as text.
      sensitive: z.stringbool(),
    }),
  ),
});

/** The SDK's default. */
const ATTEMPTS = 3;

const logger = new Logger({ serviceName: 'deployment' });

const carryOut = async (event: CloudFormationCustomResourceEvent): Promise<void> => {
  const { TABLE_NAME } = environmentSchema.parse(process.env);
  const client = connect(ATTEMPTS);
  const records = new DeploymentRecords(client, TABLE_NAME);
  const deployment =
    event.RequestType === 'Delete'
      ? { release: '', services: [], routes: [] }
      : deploymentSchema.parse(event.ResourceProperties);
  if (event.RequestType !== 'Delete') await ensureCursorKey(client, TABLE_NAME);
  await records.record(deployment, new Date());
};

/**
 * Keeps the deployment records, as a custom resource of CloudFormation's: at Create and Update (a rollback is an Update
 * to what was before) they become what the template says, at Delete they are removed. CloudFormation waits for an answer
 * at a URL of its own, which is therefore sent whatever happens.
 */
export const handler = async (event: CloudFormationCustomResourceEvent): Promise<void> => {
  const answer = await carryOut(event).then(
    () => ({ Status: 'SUCCESS' as const }),
    (error: unknown) => {
      logger.error('deployment records', { error: error instanceof Error ? error : String(error) });
      return {
        Status: 'FAILED' as const,
        Reason: 'The deployment records could not be written; see this function’s log.',
      };
    },
  );
  const response: CloudFormationCustomResourceResponse = {
    ...answer,
    PhysicalResourceId: 'deployment-records',
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
  } as CloudFormationCustomResourceResponse;
  const sent = await fetch(event.ResponseURL, {
    method: 'PUT',
    // The URL is signed for a request without a content type; `fetch` would send one of its own.
    headers: { 'content-type': '' },
    body: JSON.stringify(response),
  });
  // Thrown, it makes Lambda try again, which is what CloudFormation waits for.
  if (!sent.ok) throw new Error(`CloudFormation did not take the answer: ${sent.status}`);
  logger.info('deployment records', { request: event.RequestType, answer: answer.Status, sent: sent.status });
};
