import type { EventBridgeEvent } from 'aws-lambda';
import { connectTopic, publishAlert } from '../../notifications/alert-topic.ts';
import { findUnalerted, markAlerted, takeUnalerted } from '../../notifications/alerting.ts';
import { alertEnvironmentSchema } from '../../notifications/environment.ts';
import { sendHeartbeat } from '../../notifications/heartbeat.ts';
import { job } from '../../pipeline/job.ts';
import { alertTeam, type Run } from './alert-team.ts';

/** Kept for the life of the function's instance. */
let kept: ReturnType<typeof connectTopic> | undefined;

/**
 * Called every minute: alerts people for notifications that have opened, or go on. It answers for which.
 *
 * @throws the first thing that went wrong, once it is logged, so that Lambda counts the run as failed
 */
export const handler = job<EventBridgeEvent<'Scheduled Event', object>, Pick<Run, 'alerted'>>(
  { name: 'alert-team', service: 'operations', message: 'alert' },
  async (_event, { table, stage, now, deadline }) => {
    const { ALERT_TOPIC_ARN, HEARTBEAT_URL, RUNBOOK } = alertEnvironmentSchema.parse(process.env);
    kept ??= connectTopic();
    const topic = kept;
    const { alerted, faults, unheard } = await alertTeam({
      runbook: RUNBOOK,
      unalerted: () => findUnalerted(table, stage, now),
      take: (notification) => takeUnalerted(table, notification, now),
      publish: (message) => publishAlert(topic, ALERT_TOPIC_ARN, message, deadline),
      markAlerted: (leased) => markAlerted(table, leased, new Date()),
      beat: async () => (HEARTBEAT_URL === '' ? undefined : sendHeartbeat(HEARTBEAT_URL)),
    });
    const line = { alerted, ...(unheard !== undefined && { heartbeat_failed: unheard }) };
    return { answer: { alerted }, line, faults, warns: unheard !== undefined };
  },
);
