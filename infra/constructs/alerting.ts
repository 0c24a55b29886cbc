import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import {
  findUnalerted,
  markAlerted,
  takeUnalerted,
  tellOfFaults,
} from '../../functions/notifications/grants.ts';
import { access } from '../../functions/table/grants.ts';
import type { Stage } from '../stages.ts';
import { allow } from './bundled-function.ts';
import { ScheduledFunction } from './scheduled-function.ts';
import type { StageTable } from './stage-table.ts';
import { useTable } from './table-access.ts';

interface AlertingProps {
  stage: Stage;
  table: StageTable;
  /** By which people are reached. */
  topic: ITopic;
}

/** Alerts people for notifications: those who have subscribed to the topic, by e-mail or otherwise. */
export class Alerting extends ScheduledFunction {
  constructor(scope: Construct, id: string, { stage, table, topic }: AlertingProps) {
    super(scope, id, {
      stage,
      name: 'alert-team',
      log: 'operations',
      description: 'Alerts people for notifications that have opened, or go on.',
      folder: 'functions/jobs/alert-team',
      reservedConcurrency: stage.reservedConcurrency?.retry,
      environment: {
        STAGE: stage.name,
        TABLE_NAME: table.name,
        ALERT_TOPIC_ARN: topic.topicArn,
        HEARTBEAT_URL: stage.heartbeat ?? '',
        RUNBOOK: stage.runbook,
      },
      access: [
        ...useTable(table, access(findUnalerted, takeUnalerted, markAlerted, tellOfFaults)),
        allow(['sns:Publish'], topic.topicArn),
      ],
    });
  }
}
