import { Stack } from 'aws-cdk-lib';
import { CompositeAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Construct } from 'constructs';
import { alertTopicName, pagerTopicName, resourceName, type Stage } from '../stages.ts';
import { AlarmOfKind, described, PAGES, type PageKind, topicNamed } from './on-call.ts';

/**
 * The composite alarms that page people, each of all alarms of its kinds in all stacks of the stage: its message names the one
 * that has gone off. They know those of other stacks by their names. CloudWatch takes only names of alarms that there are, so
 * that this comes last, when all others are made and deployed; and it deletes none that a composite alarm is made of.
 */
export class PageAlarms extends Construct {
  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    const told = [alertTopicName, pagerTopicName].map(
      (name) => new SnsAction(topicNamed(this, name(stage), name(stage))),
    );
    const all = this.node.root.node.findAll().filter((each) => each instanceof AlarmOfKind);
    for (const [kind, { notice, of }] of Object.entries(PAGES) as [PageKind, (typeof PAGES)[PageKind]][]) {
      const members = all.filter((alarm) => (of as readonly string[]).includes(alarm.kind));
      const composite = new CompositeAlarm(this, kind, {
        compositeAlarmName: resourceName(stage, kind),
        alarmDescription: described(stage, 'PAGE', notice, kind),
        alarmRule: {
          renderAlarmRule: () => members.map(({ named }) => `ALARM("${named}")`).join(' OR '),
        },
      });
      composite.addAlarmAction(...told);
      composite.addOkAction(...told);
      composite.node.addDependency(...members.filter((alarm) => Stack.of(alarm) === Stack.of(this)));
    }
  }
}
