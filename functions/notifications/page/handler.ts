import { Logger } from '@aws-lambda-powertools/logger';
import type { Context, EventBridgeEvent } from 'aws-lambda';
import { deadlineOf } from '../../adapters/deadline.ts';
import { tellOfFaults } from '../../adapters/fault-notifications.ts';
import { findUnpaged, markPaged, takeUnpaged } from '../../adapters/notification-pages.ts';
import { connectTopic, publishPage } from '../../adapters/page-topic.ts';
import { connect, Table } from '../../adapters/table.ts';
import { described } from '../../adapters/telemetry.ts';
import { environmentSchema, topicEnvironmentSchema } from '../../contract/environment.ts';
import { pagePeople, type Run } from './page.ts';

const logger = new Logger({ serviceName: 'notifications' });
/** Kept for the life of the function's instance. */
let clients: { documents: ReturnType<typeof connect>; topic: ReturnType<typeof connectTopic> } | undefined;

/**
 * Called every minute: pages people for notifications that have opened. It answers for which.
 *
 * @throws the first thing that went wrong, once it is logged, so that Lambda counts the run as failed
 */
export const handler = async (
  _event: EventBridgeEvent<'Scheduled Event', object>,
  context: Pick<Context, 'awsRequestId' | 'getRemainingTimeInMillis'>,
): Promise<Omit<Run, 'faults'>> => {
  const { STAGE, TABLE_NAME } = environmentSchema.parse(process.env);
  const { PAGE_TOPIC_ARN } = topicEnvironmentSchema.parse(process.env);
  clients ??= { documents: connect(), topic: connectTopic() };
  const { documents, topic } = clients;
  const deadline = deadlineOf(() => context.getRemainingTimeInMillis());
  const table = new Table(documents, TABLE_NAME, deadline);
  const now = new Date();

  const { faults, ...done } = await pagePeople({
    unpaged: () => findUnpaged(table, STAGE, now),
    take: (notification) => takeUnpaged(table, notification, now),
    publish: (message) => publishPage(topic, PAGE_TOPIC_ARN, message, deadline),
    markPaged: (leased) => markPaged(table, leased, new Date()),
  });
  const place = { where: 'notifications/page', request_id: context.awsRequestId };
  const all = [...faults, ...(await tellOfFaults(table, place, faults, now))];
  if (all.length > 0) logger.error('page', { ...done, faults: all.map(described) });
  else logger.info('page', done);
  if (faults.length > 0) throw faults[0];
  return done;
};
