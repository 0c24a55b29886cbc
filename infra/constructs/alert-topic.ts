import { ArnFormat, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { alertTopicName, resourceName, type Stage } from '../stages.ts';

const NOBODY_READS =
  'A queue of alerts that could not be delivered would be read by nobody. The alarm and the notification stay as they are, ' +
  'and both can be looked at.';

/** The topic by which the people on call are reached: by alarms, and by the job that alerts them for notifications. */
export class AlertTopic extends Topic {
  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id, {
      topicName: alertTopicName(stage),
      displayName: `Plano Orders (${stage.name})`,
      // No key of KMS: alarms cannot use AWS's own, and one of ours costs by the month. What is published names kinds, routes
      // and ids, and nobody.
      enforceSSL: true,
    });
    // A topic with a policy of its own lets nobody in whom the policy does not name.
    this.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topicArn],
        conditions: {
          ArnLike: {
            'aws:SourceArn': Stack.of(this).formatArn({
              service: 'cloudwatch',
              resource: 'alarm',
              arnFormat: ArnFormat.COLON_RESOURCE_NAME,
              resourceName: resourceName(stage, '*'),
            }),
          },
        },
      }),
    );
    for (const address of stage.alarmAddresses) {
      const subscription = this.addSubscription(new EmailSubscription(address));
      Validations.of(subscription).acknowledge({ id: 'Serverless-SNSRedrivePolicy', reason: NOBODY_READS });
    }
  }
}
