import { Logger } from '@aws-lambda-powertools/logger';
import type { Context, EventBridgeEvent } from 'aws-lambda';
import { connectTopic, publishAlert } from '../../notifications/alert-topic.ts';
import { findUnalerted, markAlerted, takeUnalerted } from '../../notifications/alerting.ts';
import { topicEnvironmentSchema } from '../../notifications/environment.ts';
import { tellOfFaults } from '../../notifications/fault-notifications.ts';
import { described } from '../../pipeline/redact.ts';
import { deadlineOf } from '../../table/deadline.ts';
import { environmentSchema } from '../../table/environment.ts';
import { connect, Table } from '../../table/table.ts';
import { alertTeam, type Run } from './alert-team.ts';

const logger = new Logger({ serviceName: 'notifications' });
/** Kept for the life of the function's instance. */
let clients: { documents: ReturnType<typeof connect>; topic: ReturnType<typeof connectTopic> } | undefined;

/**
 * Called every minute: alerts people for notifications that have opened. It answers for which.
 *
 * @throws the first thing that went wrong, once it is logged, so that Lambda counts the run as failed
 */
export const handler = async (
  _event: EventBridgeEvent<'Scheduled Event', object>,
  context: Pick<Context, 'awsRequestId' | 'getRemainingTimeInMillis'>,
): Promise<Omit<Run, 'faults'>> => {
  const { STAGE, TABLE_NAME } = environmentSchema.parse(process.env);
  const { ALERT_TOPIC_ARN } = topicEnvironmentSchema.parse(process.env);
  clients ??= { documents: connect(), topic: connectTopic() };
  const { documents, topic } = clients;
  const deadline = deadlineOf(() => context.getRemainingTimeInMillis());
  const table = new Table(documents, TABLE_NAME, deadline);
  const now = new Date();

  const { faults, ...done } = await alertTeam({
    unalerted: () => findUnalerted(table, STAGE, now),
    take: (notification) => takeUnalerted(table, notification, now),
    publish: (message) => publishAlert(topic, ALERT_TOPIC_ARN, message, deadline),
    markAlerted: (leased) => markAlerted(table, leased, new Date()),
  });
  const place = { where: 'alert-team', request_id: context.awsRequestId };
  const all = [...faults, ...(await tellOfFaults(table, place, faults, now))];
  if (all.length > 0) logger.error('alert', { ...done, faults: all.map(described) });
  else logger.info('alert', done);
  if (faults.length > 0) throw faults[0];
  return done;
};
