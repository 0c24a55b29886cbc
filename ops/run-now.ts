import * as z from 'zod';
import { LIVE, resourceName } from '../infra/stages.ts';
import { awsCommand, OpsError, stageOf, type Target } from './target.ts';

/** A run takes 15 s at most, and then what it has queued is dealt with. */
const WAIT_MS = 300_000;

const outcomesSchema = z.array(
  z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), payload: z.unknown() }),
    z.object({ ok: z.literal(false), error: z.object({ errorMessage: z.string() }) }),
  ]),
);

/**
 * The command that has a job run at once on AWS. It is printed and not done: calling a function takes a permission that no other of
 * these commands needs.
 *
 * @param job its name after the stage's
 */
export const runCommand = (target: Target, job: string): string => {
  const name = resourceName(stageOf(target), job);
  return awsCommand(target, `lambda invoke --function-name ${name}:${LIVE} /dev/stderr > /dev/null`);
};

/**
 * Has a job that the clock calls run at once in the stack on this machine, waits until it has, and gives what it answered.
 *
 * @throws {OpsError} if the stack has stopped, or the run failed
 */
export const runNow = async (target: Target, job: string): Promise<unknown> => {
  const name = resourceName(stageOf(target), job);
  const response = await fetch(`${target.running?.control}/schedules/${name}`, {
    method: 'POST',
    signal: AbortSignal.timeout(WAIT_MS),
  }).catch(() => undefined);
  if (response === undefined) throw new OpsError('The stack on this machine does not answer.');
  const [outcome] = outcomesSchema.parse(await response.json());
  if (outcome?.ok !== true) throw new OpsError(`The run failed: ${outcome?.error.errorMessage}`);
  return outcome.payload;
};
