import { paginateListSubscriptionsByTopic, SNSClient } from '@aws-sdk/client-sns';
import { usersIn } from '../find-user.ts';
import { awsCommand, clientConfigOf, opsCommand } from '../target.ts';
import { outputOf } from './account.ts';
import { type Check, ok, wrong } from './check.ts';

const pages: Check = {
  name: 'pages',
  needs: ['state stack'],
  onlyOnAws: true,
  look: async (target) => {
    const TopicArn = await outputOf(target, 'state', 'AlertTopicArn');
    const client = new SNSClient(clientConfigOf(target));
    const arns: string[] = [];
    for await (const page of paginateListSubscriptionsByTopic({ client }, { TopicArn })) {
      for (const { SubscriptionArn = '' } of page.Subscriptions ?? []) arns.push(SubscriptionArn);
    }
    const subscribed = arns.filter((arn) => arn.startsWith('arn:')).length;
    const pending = arns.filter((arn) => arn === 'PendingConfirmation').length;
    const waiting =
      pending === 0 ? '' : ` ${pending} yet to be confirmed, by the link in the e-mail from AWS.`;
    return subscribed > 0
      ? ok(`${subscribed} subscribed.${waiting}`)
      : wrong(
          `They reach nobody.${waiting}`,
          awsCommand(
            target,
            `sns subscribe --topic-arn ${TopicArn} --protocol email --notification-endpoint <address>`,
          ),
        );
  },
};

const employee: Check = {
  name: 'employees',
  needs: ['table'],
  look: async (target) => {
    for await (const users of usersIn(target, 'employees')) {
      if (users.some(({ held }) => held.employee)) return ok('there are some');
    }
    return wrong(
      `Nobody is known to be one: somebody has to register, and be made one. Those of release 0.2 are known after: ${opsCommand(target, 'users reindex')}`,
      opsCommand(target, 'employees grant <user id>'),
    );
  },
};

export const peopleChecks = [pages, employee];
