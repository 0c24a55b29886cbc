import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Invoke } from './functions.ts';
import { ACCOUNT, functionArn, REGION } from './intrinsics.ts';
import { serveLoopback } from './loopback.ts';
import type { CustomResourceDescription } from './template.ts';

/** By its stack and its logical id a resource is known later. */
const stackId = (name: string): string => `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/${name}/local`;

const answerSchema = z.object({ Status: z.enum(['SUCCESS', 'FAILED']), Reason: z.string().optional() });

/**
 * Creates, updates or deletes a custom resource as CloudFormation does: its function is sent the event, and answers by a PUT to the
 * URL that the event names ("Custom resource request types" in the CloudFormation user guide).
 *
 * @param old the properties that an Update is from
 * @throws Error with the function's reason when it answers that it failed, or does not answer
 */
export const requestCustomResource = async (
  request: 'Create' | 'Update' | 'Delete',
  { stack, logicalId, type, serviceFunction, properties }: CustomResourceDescription,
  invoke: Invoke,
  old?: CustomResourceDescription['properties'],
): Promise<void> => {
  let answer: z.infer<typeof answerSchema> | undefined;
  const server = await serveLoopback(({ body }) => {
    answer = answerSchema.parse(JSON.parse(body));
    return { status: 200, headers: {}, body: '' };
  });
  const outcome = await invoke(serviceFunction, {
    RequestType: request,
    ServiceToken: functionArn(serviceFunction),
    ResponseURL: `${server.url}/answer`,
    StackId: stackId(stack),
    RequestId: randomUUID(),
    LogicalResourceId: logicalId,
    ResourceType: type,
    ...(request !== 'Create' && { PhysicalResourceId: logicalId }),
    ...(old !== undefined && { OldResourceProperties: old }),
    ResourceProperties: { ServiceToken: functionArn(serviceFunction), ...properties },
  });
  await server.close();
  if (answer?.Status === 'SUCCESS') return;
  const reason = answer?.Reason ?? (outcome.ok ? 'it did not answer' : outcome.error.errorMessage);
  throw new Error(`${serviceFunction} could not ${request.toLowerCase()} ${logicalId}: ${reason}`);
};
