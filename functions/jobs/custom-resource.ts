import type {
  CloudFormationCustomResourceEvent,
  CloudFormationCustomResourceResponse,
  Context,
} from 'aws-lambda';
import { writeLine } from '../pipeline/write-line.ts';
import { type Deadline, deadlineOf } from '../table/deadline.ts';

export const SERVICE = 'deployment';

/**
 * The function behind custom resources of CloudFormation's. It waits for an answer at a URL of its own, which is therefore sent
 * whatever happens.
 *
 * @param carryOut does what is asked of a resource, in time, and gives the id that the resource then has
 * @param failed one sentence for whoever deploys, when that throws
 */
export const customResource =
  (
    carryOut: (event: CloudFormationCustomResourceEvent, deadline: Deadline) => Promise<string>,
    failed: string,
  ) =>
  async (
    event: CloudFormationCustomResourceEvent,
    context: Pick<Context, 'getRemainingTimeInMillis'>,
  ): Promise<void> => {
    const deadline = deadlineOf(context.getRemainingTimeInMillis);
    const answer = await carryOut(event, deadline).then(
      (PhysicalResourceId) => ({ Status: 'SUCCESS' as const, PhysicalResourceId }),
      (error: unknown) => {
        writeLine({ service: SERVICE, message: 'deployment', faults: [error] }, {});
        return {
          Status: 'FAILED' as const,
          PhysicalResourceId:
            event.RequestType === 'Create' ? event.LogicalResourceId : event.PhysicalResourceId,
          Reason: `${failed}; see this function’s log.`,
        };
      },
    );
    deadline.end();
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
    writeLine(
      { service: SERVICE, message: 'deployment' },
      { request, resource, answer: answer.Status, sent: sent.status },
    );
  };
