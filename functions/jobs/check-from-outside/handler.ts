import { SSMClient } from '@aws-sdk/client-ssm';
import type { EventBridgeEvent } from 'aws-lambda';
import { readParameter } from '../../outbox/channels/email/secret.ts';
import { job } from '../../pipeline/job.ts';
import { CheckFailed } from './check-failed.ts';
import { checkFromOutside } from './check-from-outside.ts';
import { checkEnvironmentSchema } from './environment.ts';
import { answerHook, type HookEvent } from './lifecycle-hook.ts';
import { ordersApi } from './orders-api.ts';
import { setUpOf } from './set-up.ts';

/** So long the whole check may take: less than the function's time, in which its outcome has to be told too. */
const PATIENCE_MS = 10_000;

/** The parameter is read each time, since it may have been set up anew. */
const check = async (stage: string): Promise<void> => {
  const { API_URL, CHECK_PARAMETER } = checkEnvironmentSchema.parse(process.env);
  const abortSignal = AbortSignal.timeout(PATIENCE_MS);
  const setUp = setUpOf(await readParameter(new SSMClient(), CHECK_PARAMETER, { abortSignal }));
  if (setUp === undefined) {
    const advice = `; type: npm run ops -- check set-up --stage ${stage}`;
    throw new CheckFailed('set-up', 'there is none', { advice });
  }
  const notes = `Checked from outside at ${new Date().toISOString()} (${crypto.randomUUID()}).`;
  await checkFromOutside(ordersApi(API_URL, setUp, abortSignal), notes);
};

/**
 * Called every five minutes, and by CodeDeploy before a rollout ends: checks from outside whether the API does what clients need.
 * A rollout is told the outcome.
 *
 * @throws what the check has failed by, once it is logged, so that Lambda counts the run as failed; not for a rollout, since
 *   Lambda would call the function again for an answer that was given
 */
export const handler = job<EventBridgeEvent<'Scheduled Event', object> | HookEvent, { passed: boolean }>(
  { name: 'check-from-outside', service: 'operations', message: 'check' },
  async (event, { stage, report }) => {
    const faults = await check(stage).then(
      () => [],
      (fault: unknown) => [fault],
    );
    const outcome = { passed: faults.length === 0 };
    if (!('LifecycleEventHookExecutionId' in event)) return { answer: outcome, line: outcome, faults };
    await answerHook(event, outcome.passed);
    for (const fault of faults) report(fault);
    return { answer: outcome, line: { ...outcome, deployment_id: event.DeploymentId } };
  },
);
