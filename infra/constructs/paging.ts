import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Alias } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { TELLS_OF_FAULTS, together } from '../../functions/contract/table-grants.ts';
import { resourceName, type Stage } from '../stages.ts';
import { allow } from './bundled-function.ts';
import { ScheduledFunction } from './scheduled-function.ts';
import type { ServiceLogs } from './service-logs.ts';
import { useTable } from './table-access.ts';

interface PagingProps {
  stage: Stage;
  logs: ServiceLogs;
  table: ITable;
}

/** Pages people for the notifications that open: those who have subscribed to the topic, by e-mail or otherwise. */
export class Paging extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { stage, logs, table }: PagingProps) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', {
      topicName: resourceName(stage, 'pages'),
      displayName: `Plano Orders (${stage.name})`,
      enforceSSL: true,
      // AWS's key for SNS, with which a function may publish that may publish at all. CloudWatch's alarms may not use it: for
      // them to publish here would take a key of our own.
      masterKey: Alias.fromAliasName(this, 'Key', 'alias/aws/sns'),
    });
    new ScheduledFunction(this, 'Page', {
      stage,
      name: 'notifications-page',
      logGroup: logs.notifications,
      description: 'Pages people for notifications that have opened.',
      folder: 'functions/notifications/page',
      environment: {
        STAGE: stage.name,
        TABLE_NAME: table.tableName,
        PAGE_TOPIC_ARN: this.topic.topicArn,
      },
      access: [
        ...useTable(table, together(TELLS_OF_FAULTS, { notifications: ['Query', 'UpdateItem'] })),
        allow(['sns:Publish'], this.topic.topicArn),
      ],
    });
  }
}
