import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { TELLS_OF_FAULTS, together } from '../../functions/contract/table-grants.ts';
import type { Stage } from '../stages.ts';
import { allow } from './bundled-function.ts';
import { ScheduledFunction } from './scheduled-function.ts';
import type { ServiceLogs } from './service-logs.ts';
import type { StageTable } from './stage-table.ts';
import { useTable } from './table-access.ts';

interface PagingProps {
  stage: Stage;
  logs: ServiceLogs;
  table: StageTable;
  /** By which people are reached. */
  topic: Topic;
}

/** Pages people for the notifications that open: those who have subscribed to the topic, by e-mail or otherwise. */
export class Paging extends ScheduledFunction {
  constructor(scope: Construct, id: string, { stage, logs, table, topic }: PagingProps) {
    super(scope, id, {
      stage,
      name: 'notifications-page',
      logGroup: logs.notifications,
      description: 'Pages people for notifications that have opened.',
      folder: 'functions/notifications/page',
      environment: {
        STAGE: stage.name,
        TABLE_NAME: table.name,
        PAGE_TOPIC_ARN: topic.topicArn,
      },
      access: [
        ...useTable(table, together(TELLS_OF_FAULTS, { notifications: ['Query', 'UpdateItem'] })),
        allow(['sns:Publish'], topic.topicArn),
      ],
    });
  }
}
