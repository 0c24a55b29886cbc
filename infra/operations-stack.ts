import { Construct } from 'constructs';
import { Alerting } from './constructs/alerting.ts';
import { EmailRetry } from './constructs/email-retry.ts';
import { jobAlarms, scheduleAlarm } from './constructs/function-alarms.ts';
import { MonthlyBudget } from './constructs/monthly-budget.ts';
import { SavedQueries } from './constructs/saved-queries.ts';
import { ServiceDashboard } from './constructs/service-dashboard.ts';
import { stageAlarms } from './constructs/stage-alarms.ts';
import { watchTable } from './constructs/table-alarm.ts';
import { ServiceStack, type ServiceStackProps } from './service-stack.ts';

/** What clients notice when a function does not run that is called every minute. */
const NOTICES = {
  findDue: 'E-mails that were not sent with their request are not looked for. They come late.',
  alerting: 'Clients notice nothing, but nobody is told of the notifications that open.',
};

/** The service by which the others are looked after, with the jobs that do so by themselves, and what people on call look at. */
export class OperationsStack extends ServiceStack {
  constructor(scope: Construct, id: string, props: ServiceStackProps) {
    super(scope, id, props);
    const { stage } = props;
    const { onCall, table } = this;

    const { findDue, send } = new EmailRetry(this, 'EmailRetry', { stage, onCall, table });
    const alerting = new Alerting(this, 'Alerting', { stage, table, topic: onCall.topic });
    const jobs = [findDue, send, alerting];
    // They take over at once: a tenth of their few calls would prove nothing.
    jobAlarms(onCall, new Construct(this, 'Jobs'), {
      stage,
      service: 'emails',
      handlers: jobs,
    });
    scheduleAlarm(onCall, findDue, NOTICES.findDue);
    scheduleAlarm(onCall, alerting, NOTICES.alerting);

    if (stage.alarmAddresses.length > 0) {
      stageAlarms(onCall, new Construct(this, 'Stage'), stage);
      watchTable(onCall, this, table.used);
      new ServiceDashboard(this, 'Services', stage);
    }
    if (stage.monthlyBudget !== undefined) {
      new MonthlyBudget(this, 'Budget', { stage, amount: stage.monthlyBudget });
    }
    new SavedQueries(this, 'Queries', stage);
  }
}
