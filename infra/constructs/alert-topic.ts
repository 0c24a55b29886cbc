import { ArnFormat, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription, UrlSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { resourceName, type Stage } from '../stages.ts';

const NOBODY_READS =
  'A queue of alerts that could not be delivered would be read by nobody. The alarm and the notification stay as they are, ' +
  'and both can be looked at.';

interface AlertTopicProps {
  stage: Stage;
  topicName: string;
  /** Who subscribes. */
  emails: readonly string[];
  https: readonly string[];
}

/** A topic by which the people on call are reached: by alarms, and by the job that alerts them for notifications. */
export class AlertTopic extends Topic {
  constructor(scope: Construct, id: string, { stage, topicName, emails, https }: AlertTopicProps) {
    super(scope, id, {
      topicName,
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
    const subscribers = [
      ...emails.map((address) => new EmailSubscription(address)),
      ...https.map((url) => new UrlSubscription(url)),
    ];
    for (const subscriber of subscribers) {
      const subscription = this.addSubscription(subscriber);
      Validations.of(subscription).acknowledge({ id: 'Serverless-SNSRedrivePolicy', reason: NOBODY_READS });
    }
  }
}
