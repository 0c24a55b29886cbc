import { ACCOUNT, functionArn, parameterArn, queueArn, REGION } from './intrinsics.ts';
import { lambdaCall } from './lambda.ts';
import type { LoopbackRequest } from './loopback.ts';
import type { Call } from './policies.ts';

// biome-ignore lint/suspicious/noExplicitAny: what each operation takes is the SDK's to say, and a form holds text only.
type Input = any;
type Attributes = Record<string, { S?: string }>;

const tableArn = (name: string): string => `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${name}`;

/** The table's partition key, as the state stack has it. */
const PARTITION_KEY = 'pk';

const onQueue = (action: string, url: string): Call => ({
  action: `sqs:${action}`,
  resource: queueArn(url.slice(url.lastIndexOf('/') + 1)),
});

const onRows = (action: string, table: string, rows: readonly Attributes[]): Call => ({
  action: `dynamodb:${action}`,
  resource: tableArn(table),
  keys: rows.map((row) => row[PARTITION_KEY]?.S ?? ''),
});

/** The value that a query asks of the partition key. */
const queriedKey = ({
  KeyConditionExpression = '',
  ExpressionAttributeNames: names = {},
  ExpressionAttributeValues: values = {},
}: Input): Attributes => {
  const equalities = [...KeyConditionExpression.matchAll(/(#?\w+) *= *(:\w+)/g)];
  const [, , value] = equalities.find(([, name]) => (names[name] ?? name) === PARTITION_KEY) ?? [];
  return { [PARTITION_KEY]: values[value] };
};

const query = (input: Input): Call =>
  input.IndexName === undefined
    ? onRows('Query', input.TableName, [queriedKey(input)])
    : { action: 'dynamodb:Query', resource: `${tableArn(input.TableName)}/index/${input.IndexName}` };

const transacted = ({ Put, Update, Delete, ConditionCheck }: Input): Call[] => [
  ...(Put ? [onRows('PutItem', Put.TableName, [Put.Item])] : []),
  ...(Update ? [onRows('UpdateItem', Update.TableName, [Update.Key])] : []),
  ...(Delete ? [onRows('DeleteItem', Delete.TableName, [Delete.Key])] : []),
  ...(ConditionCheck ? [onRows('ConditionCheckItem', ConditionCheck.TableName, [ConditionCheck.Key])] : []),
];

/**
 * A transaction has no action of its own. Whether each of its writes is judged by its own row, or by the rows of all, is said
 * nowhere: what is allowed on all of them is allowed either way.
 */
const transaction = ({ TransactItems }: Input): Call[] => {
  const writes: Call[] = TransactItems.flatMap(transacted);
  const keys = writes.flatMap((write) => write.keys ?? []);
  return writes.map((write) => ({ ...write, keys }));
};

/** What each operation asks, by service and operation. */
const operations: Record<string, (input: Input) => Call[]> = {
  'dynamodb:BatchGetItem': ({ RequestItems }) =>
    Object.entries<Input>(RequestItems).map(([table, { Keys }]) => onRows('BatchGetItem', table, Keys)),
  'dynamodb:DeleteItem': ({ TableName, Key }) => [onRows('DeleteItem', TableName, [Key])],
  'dynamodb:GetItem': ({ TableName, Key }) => [onRows('GetItem', TableName, [Key])],
  'dynamodb:PutItem': ({ TableName, Item }) => [onRows('PutItem', TableName, [Item])],
  'dynamodb:Query': (input) => [query(input)],
  'dynamodb:TransactWriteItems': transaction,
  'dynamodb:UpdateItem': ({ TableName, Key }) => [onRows('UpdateItem', TableName, [Key])],
  'sns:Publish': ({ TopicArn }) => [{ action: 'sns:Publish', resource: TopicArn }],
  'sqs:GetQueueAttributes': ({ QueueUrl }) => [onQueue('GetQueueAttributes', QueueUrl)],
  'sqs:SendMessageBatch': ({ QueueUrl }) => [onQueue('SendMessage', QueueUrl)],
  'ssm:GetParameter': ({ Name }) => [{ action: 'ssm:GetParameter', resource: parameterArn(Name) }],
};

/** What a request asks of Lambda, which stands in its method and path. */
const ofLambda = (request: LoopbackRequest): Call[] => {
  const { operation, functionName, qualifier } = lambdaCall(request) ?? {};
  const name = [functionName, qualifier].filter((part) => part !== undefined).join(':');
  return [{ action: `lambda:${operation}`, resource: functionArn(name) }];
};

/**
 * What a request asks of a service, in IAM's words. Of an operation that is not known, it is that on everything, which no
 * policy here allows. Requests in JSON have a header that names the operation; those of the query protocol are forms.
 */
export const callsOf = (service: string, request: LoopbackRequest): Call[] => {
  if (service === 'lambda') return ofLambda(request);
  const { body } = request;
  const target = request.headers['x-amz-target']?.toString();
  const input: Input =
    target === undefined ? Object.fromEntries(new URLSearchParams(body)) : JSON.parse(body);
  const operation = `${service}:${target === undefined ? input.Action : target.slice(target.lastIndexOf('.') + 1)}`;
  return operations[operation]?.(input) ?? [{ action: operation, resource: '*' }];
};
