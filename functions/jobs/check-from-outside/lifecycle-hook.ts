import { CodeDeployClient, PutLifecycleEventHookExecutionStatusCommand } from '@aws-sdk/client-codedeploy';

/**
 * By which CodeDeploy calls a function in the course of a rollout, and waits up to an hour for it to tell how it went ("AppSpec
 * hooks section for an AWS Lambda deployment" in its user guide).
 */
export interface HookEvent {
  DeploymentId: string;
  LifecycleEventHookExecutionId: string;
}

/** Tells CodeDeploy whether the rollout may end; if not, all calls go back to the version before. */
export const answerHook = async (
  { DeploymentId, LifecycleEventHookExecutionId }: HookEvent,
  hasPassed: boolean,
): Promise<void> => {
  const command = new PutLifecycleEventHookExecutionStatusCommand({
    deploymentId: DeploymentId,
    lifecycleEventHookExecutionId: LifecycleEventHookExecutionId,
    status: hasPassed ? 'Succeeded' : 'Failed',
  });
  await new CodeDeployClient().send(command);
};
