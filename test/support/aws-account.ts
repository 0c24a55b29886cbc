import { serveLoopback } from '../../infra/local/loopback.ts';

/** What there is in an account, as its services tell it. */
export interface Account {
  /** Whose the credentials are; undefined when they are not valid. */
  id: string | undefined;
  /** Whether the credentials have expired. */
  expired?: boolean;
  /** By the stack's name. */
  stacks: Record<
    string,
    { status: string; reason?: string; isProtected?: boolean; outputs?: Record<string, string> }
  >;
  /** The ARN of each subscription to any topic, as SNS gives it. */
  subscriptions: string[];
  /** How many calls at once Lambda allows. */
  concurrency?: number;
}

const xml = (status: number, body: string) => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body,
});

const refusal = (code: string, message: string, status = 400) =>
  xml(
    status,
    `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>` +
      '<RequestId>r</RequestId></ErrorResponse>',
  );

/** An answer in the AWS query protocol. */
const answer = (action: string, result: string) =>
  xml(
    200,
    `<${action}Response><${action}Result>${result}</${action}Result>` +
      `<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></${action}Response>`,
  );

const members = (items: readonly string[]): string =>
  items.map((item) => `<member>${item}</member>`).join('');

/**
 * A stand-in for the services that are asked about an account, as far as the doctor asks: STS's `GetCallerIdentity`,
 * CloudFormation's `DescribeStacks` and SNS's `ListSubscriptionsByTopic`, all in the AWS query protocol, and Lambda's
 * `GetAccountSettings`, in JSON (their API references). Of subscriptions it gives one a page, and it keeps the actions that it was `asked` for.
 */
export const startAccount = async (account: Account) => {
  const actions: Record<string, (form: URLSearchParams) => ReturnType<typeof xml>> = {
    GetCallerIdentity: () =>
      account.expired
        ? refusal('ExpiredToken', 'The security token included in the request is expired', 403)
        : account.id === undefined
          ? refusal('InvalidClientTokenId', 'The security token included in the request is invalid.', 403)
          : answer(
              'GetCallerIdentity',
              `<Arn>arn:aws:sts::${account.id}:assumed-role/Operators/olga</Arn><Account>${account.id}</Account><UserId>u</UserId>`,
            ),
    DescribeStacks: (form) => {
      const name = form.get('StackName') ?? '';
      const stack = account.stacks[name];
      if (stack === undefined) return refusal('ValidationError', `Stack with id ${name} does not exist`);
      const outputs = Object.entries(stack.outputs ?? {}).map(
        ([key, value]) => `<OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue>`,
      );
      const described =
        `<StackName>${name}</StackName><StackStatus>${stack.status}</StackStatus>` +
        `<StackStatusReason>${stack.reason ?? ''}</StackStatusReason>` +
        `<EnableTerminationProtection>${stack.isProtected === true}</EnableTerminationProtection>` +
        `<CreationTime>2026-11-01T10:00:00Z</CreationTime><Outputs>${members(outputs)}</Outputs>`;
      return answer('DescribeStacks', `<Stacks>${members([described])}</Stacks>`);
    },
    ListSubscriptionsByTopic: (form) => {
      const page = Number(form.get('NextToken') ?? 0);
      const here = account.subscriptions.slice(page, page + 1);
      const next = page + 1 < account.subscriptions.length ? `<NextToken>${page + 1}</NextToken>` : '';
      const subscriptions = here.map(
        (arn) =>
          `<TopicArn>${form.get('TopicArn')}</TopicArn><Protocol>email</Protocol><Endpoint>ada@example.com</Endpoint>` +
          `<SubscriptionArn>${arn}</SubscriptionArn>`,
      );
      return answer(
        'ListSubscriptionsByTopic',
        `<Subscriptions>${members(subscriptions)}</Subscriptions>${next}`,
      );
    },
  };
  const asked: string[] = [];
  const server = await serveLoopback(({ path, body }) => {
    if (path.startsWith('/2016-08-19/account-settings')) {
      asked.push('GetAccountSettings');
      const { concurrency = 1_000 } = account;
      const limit = { ConcurrentExecutions: concurrency, UnreservedConcurrentExecutions: concurrency };
      return { status: 200, headers: {}, body: JSON.stringify({ AccountLimit: limit, AccountUsage: {} }) };
    }
    const form = new URLSearchParams(body);
    const action = form.get('Action') ?? '';
    asked.push(action);
    return actions[action]?.(form) ?? refusal('InvalidAction', `This stand-in does not do ${action}.`);
  });
  return { ...server, asked };
};
