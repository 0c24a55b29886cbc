import * as z from 'zod';
import { findEmailSummaries } from '../functions/outbox/outbox.ts';
import { LIVE, resourceName } from '../infra/stages.ts';
import { unsentIds } from './list-emails.ts';
import { say } from './print.ts';
import { awsCommand, OpsError, opsCommand, stageOf, type Target, tableOf } from './target.ts';

/** A run takes 15 s at most, and then what it has queued is sent. */
const WAIT_MS = 300_000;

const outcomesSchema = z.array(
  z.discriminatedUnion('ok', [
    z.object({
      ok: z.literal(true),
      payload: z.object({
        due: z.int(),
        queued: z.int(),
        waiting: z.int(),
        away: z.string().optional(),
      }),
    }),
    z.object({ ok: z.literal(false), error: z.object({ errorMessage: z.string() }) }),
  ]),
);

/** What has become of e-mails, in words: `2 sent, 1 unsent`. */
const states = (emails: readonly { state: string }[]): string => {
  const counts = Map.groupBy(emails, ({ state }) => state);
  const sorted = [...counts].toSorted(([one], [other]) => one.localeCompare(other));
  return sorted.map(([state, those]) => `${those.length} ${state}`).join(', ') || 'nothing to send';
};

/**
 * Sends what is due at once. On this machine the running stack does it, and what became of it is said. For a stage on AWS,
 * where it happens every minute anyway, the command is printed that does it: calling a function takes a permission that no
 * other of these commands needs, and a client that nothing else uses.
 *
 * @throws {OpsError} if the stack has stopped, or its run failed
 */
export const retryNow = async (target: Target): Promise<void> => {
  const name = resourceName(stageOf(target), 'find-due-emails');
  if (target.stage !== undefined) {
    return say(awsCommand(target, `lambda invoke --function-name ${name}:${LIVE} /dev/stderr > /dev/null`));
  }
  const table = tableOf(target);
  const due = await unsentIds(table, new Date());
  const response = await fetch(`${target.running?.control}/schedules/${name}`, {
    method: 'POST',
    signal: AbortSignal.timeout(WAIT_MS),
  }).catch(() => undefined);
  if (response === undefined) throw new OpsError('The stack on this machine does not answer.');
  for (const outcome of outcomesSchema.parse(await response.json())) {
    if (!outcome.ok) throw new OpsError(`The run failed: ${outcome.error.errorMessage}`);
    const { due: found, queued, waiting, away } = outcome.payload;
    say(`${found} due, ${queued} queued.`);
    if (waiting > 0) say(`Nothing is queued while ${waiting} messages of earlier runs wait in the queue.`);
    if (away !== undefined) say(`Mandrill is away (${away}): a few e-mails find out whether it is back.`);
  }
  say(`What became of them: ${states(await findEmailSummaries(table, due))}.`);
  const [first, ...others] = await unsentIds(table);
  if (first === undefined) return;
  const resend = opsCommand(target, `emails resend ${first}`);
  say(`${others.length + 1} wait for their pause to end, as emails list says; without it: ${resend}`);
};
