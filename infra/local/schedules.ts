import { randomUUID } from 'node:crypto';
import type { InvocationResult, Invoke } from './functions.ts';
import { ACCOUNT, REGION } from './intrinsics.ts';
import type { ScheduleDescription } from './template-events.ts';

/** The event by which EventBridge calls a function on a schedule ("Scheduled Event"). */
const eventOf = (name: string) => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: ACCOUNT,
  time: `${new Date().toISOString().slice(0, 19)}Z`,
  region: REGION,
  resources: [`arn:aws:events:${REGION}:${ACCOUNT}:rule/${name}`],
  detail: {},
});

export interface Schedules {
  /**
   * Calls the functions of all schedules now that are enabled, whatever the time, and gives what they answer.
   *
   * @param name only of the schedule that has it, enabled or not
   */
  runNow(name?: string): Promise<InvocationResult[]>;
  /** Calls none any more. */
  close(): void;
}

/**
 * Calls functions on their schedules, as EventBridge does.
 *
 * @param byThemselves false if only `runNow` is to call them
 */
export const startSchedules = (
  schedules: readonly ScheduleDescription[],
  invoke: Invoke,
  byThemselves: boolean,
): Schedules => {
  const run = ({ name, functions }: ScheduleDescription): Promise<InvocationResult[]> =>
    Promise.all(functions.map((functionName) => invoke(functionName, eventOf(name))));
  const enabled = schedules.filter(({ isEnabled }) => isEnabled);
  const timers = byThemselves
    ? enabled.map((schedule) => setInterval(() => void run(schedule), schedule.everyMs))
    : [];
  return {
    runNow: async (wanted) => {
      const chosen = wanted === undefined ? enabled : schedules.filter(({ name }) => name === wanted);
      return (await Promise.all(chosen.map(run))).flat();
    },
    close: () => {
      for (const timer of timers) clearInterval(timer);
    },
  };
};
