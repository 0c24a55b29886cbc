import * as z from 'zod';
import { findEmailSummaries } from '../functions/outbox/outbox.ts';
import { unsentIds } from './list-emails.ts';
import { say } from './print.ts';
import { runCommand, runNow } from './run-now.ts';
import { opsCommand, type Target, tableOf } from './target.ts';

const FINDER = 'find-due-emails';

const foundSchema = z.object({
  due: z.int(),
  queued: z.int(),
  waiting: z.int(),
  away: z.string().optional(),
});

/** What has become of e-mails, in words: `2 sent, 1 unsent`. */
const states = (emails: readonly { state: string }[]): string => {
  const counts = Map.groupBy(emails, ({ state }) => state);
  const sorted = [...counts].toSorted(([one], [other]) => one.localeCompare(other));
  return sorted.map(([state, those]) => `${those.length} ${state}`).join(', ') || 'nothing to send';
};

/**
 * Sends what is due at once. On this machine the running stack does it, and what became of it is said. For a stage on AWS,
 * where it happens every minute anyway, the command is printed that does it.
 *
 * @throws {OpsError} if the stack has stopped, or its run failed
 */
export const retryNow = async (target: Target): Promise<void> => {
  if (target.stage !== undefined) return say(runCommand(target, FINDER));
  const table = tableOf(target);
  const unsent = await unsentIds(table, new Date());
  const { due, queued, waiting, away } = foundSchema.parse(await runNow(target, FINDER));
  say(`${due} due, ${queued} queued.`);
  if (waiting > 0) say(`Nothing is queued while ${waiting} messages of earlier runs wait in the queue.`);
  if (away !== undefined) say(`Mandrill is away (${away}): a few e-mails find out whether it is back.`);
  say(`What became of them: ${states(await findEmailSummaries(table, unsent))}.`);
  const [first, ...others] = await unsentIds(table);
  if (first === undefined) return;
  const resend = opsCommand(target, `emails resend ${first}`);
  say(`${others.length + 1} wait for their pause to end, as emails list says; without it: ${resend}`);
};
