import { paginateListSubscriptionsByTopic, SNSClient } from '@aws-sdk/client-sns';
import { awsCommand, clientConfigOf, stageOf, type Target } from '../target.ts';
import { outputOf } from './account.ts';
import { type Check, deployCommand, note, ok, wrong } from './check.ts';

interface Subscribers {
  topicArn: string;
  count: number;
  /** How many have yet to confirm it, in words; nothing when all have. */
  waiting: string;
}

/** Who has subscribed to the topic that an output of the state's stack names. */
const subscribersOf = async (target: Target, output: string): Promise<Subscribers> => {
  const topicArn = await outputOf(target, 'state', output);
  const client = new SNSClient(clientConfigOf(target));
  const arns: string[] = [];
  for await (const page of paginateListSubscriptionsByTopic({ client }, { TopicArn: topicArn })) {
    for (const { SubscriptionArn = '' } of page.Subscriptions ?? []) arns.push(SubscriptionArn);
  }
  const pending = arns.filter((arn) => arn === 'PendingConfirmation').length;
  return {
    topicArn,
    count: arns.filter((arn) => arn.startsWith('arn:')).length,
    waiting: pending === 0 ? '' : ` ${pending} yet to be confirmed, by the link in the e-mail from AWS.`,
  };
};

const subscribe = (target: Target, { topicArn }: Subscribers, protocol: string, endpoint: string): string =>
  awsCommand(
    target,
    `sns subscribe --topic-arn ${topicArn} --protocol ${protocol} --notification-endpoint ${endpoint}`,
  );

const pages: Check = {
  name: 'pages',
  needs: ['state stack'],
  onlyOnAws: true,
  look: async (target) => {
    const subscribers = await subscribersOf(target, 'AlertTopicArn');
    const { count, waiting } = subscribers;
    return count > 0
      ? ok(`${count} subscribed.${waiting}`)
      : wrong(`They reach nobody.${waiting}`, subscribe(target, subscribers, 'email', '<address>'));
  },
};

/** Whether it takes more than e-mail to a few: clients depend on it at night too. */
const isDependedOn = (target: Target): boolean => stageOf(target).name === 'production';

const pager: Check = {
  name: 'pager',
  needs: ['state stack'],
  onlyOnAws: true,
  look: async (target) => {
    const subscribers = await subscribersOf(target, 'PagerTopicArn');
    const { count, waiting } = subscribers;
    return count > 0 || !isDependedOn(target)
      ? ok(`${count} subscribed.${waiting}`)
      : note(
          `What pages sends e-mail only, which anybody who gets it can end.${waiting}`,
          subscribe(target, subscribers, 'https', '<URL of the pager>'),
        );
  },
};

const heartbeat: Check = {
  name: 'heartbeat',
  needs: [],
  onlyOnAws: true,
  look: async (target) =>
    stageOf(target).heartbeat !== undefined || !isDependedOn(target)
      ? ok(stageOf(target).heartbeat === undefined ? 'none' : 'somebody outside hears each run of alert-team')
      : note(
          'Nobody outside notices when nobody is alerted any more. Set heartbeat in infra/stages.ts.',
          deployCommand(target),
        ),
};

export const alertingChecks = [pages, pager, heartbeat];
