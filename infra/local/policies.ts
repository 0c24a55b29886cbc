import * as z from 'zod';

/** What can be judged here of what functions ask of AWS; `callsOf` tells what a request asks. */
const JUDGED = [
  'dynamodb:BatchGetItem',
  'dynamodb:ConditionCheckItem',
  'dynamodb:DeleteItem',
  'dynamodb:GetItem',
  'dynamodb:PutItem',
  'dynamodb:Query',
  'dynamodb:UpdateItem',
  'lambda:DeleteFunction',
  'sns:Publish',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'sqs:ReceiveMessage',
  'sqs:SendMessage',
  'ssm:GetParameter',
];
/** What Lambda's runtime does in a function's name, and nothing on this machine does. */
export const OF_THE_RUNTIME = ['logs:CreateLogStream', 'logs:PutLogEvents'];

const listOf = <Item extends z.ZodType<string>>(item: Item) =>
  z.union([item.transform((one) => [one]), z.array(item)]);

const keyPattern = z.string().regex(/^[^*?]+\*?$/, 'must be a key, or the start of one and a *');

const statementSchema = z
  .strictObject({
    Effect: z.literal('Allow'),
    Action: listOf(z.enum([...JUDGED, ...OF_THE_RUNTIME])),
    Resource: listOf(z.string()),
    Condition: z
      .strictObject({
        'ForAllValues:StringLike': z.strictObject({ 'dynamodb:LeadingKeys': listOf(keyPattern) }),
        // Without it, what has no keys would be allowed as well.
        Null: z.strictObject({ 'dynamodb:LeadingKeys': z.literal('false') }),
      })
      .optional(),
  })
  .transform(({ Action, Resource, Condition }) => ({
    actions: Action,
    resources: Resource,
    /** The leading keys on which it is allowed, each as it is or as the start of one; undefined on whatever there is. */
    keys: Condition?.['ForAllValues:StringLike']['dynamodb:LeadingKeys'],
  }));

const roleSchema = z.strictObject({
  managedPolicies: z.array(z.string()).max(0, 'what they allow is not known here'),
  statements: z.array(statementSchema),
});
/** What a role may do. */
export type Policy = z.infer<typeof roleSchema>['statements'];

/** Something that is asked of AWS, in IAM's words. */
export interface Call {
  action: string;
  /** The resource's ARN. */
  resource: string;
  /** The partition keys of the rows that it is about. */
  keys?: readonly string[];
}

/**
 * A part of a statement that can go unused: one of its actions, on one resource, or one of the leading keys that its actions there
 * share. Which of the actions is for which of the keys a statement does not say.
 */
export type Part =
  | { action: string; resource: string }
  | { actions: string[]; resource: string; key: string };

/**
 * Reads what a role may do.
 *
 * @throws Error that says what of it cannot be judged on this machine
 */
export const policyOf = (functionName: string, role: unknown): Policy => {
  const parsed = roleSchema.safeParse(role);
  if (parsed.success) return parsed.data.statements;
  throw new Error(
    `What ${functionName} may do cannot be judged on this machine.\n${z.prettifyError(parsed.error)}`,
  );
};

/** All that can go unused of a policy. */
export const partsOf = (policy: Policy): Part[] =>
  policy.flatMap(({ actions, resources, keys = [] }) =>
    resources.flatMap((resource): Part[] => [
      ...actions.map((action) => ({ action, resource })),
      ...keys.map((key) => ({ actions, resource, key })),
    ]),
  );

/** Resources may be named by a pattern, in which a `*` stands for anything. */
const isNamed = (resource: string, pattern: string): boolean =>
  new RegExp(`^${pattern.replaceAll(/[^\w*]/g, '\\$&').replaceAll('*', '.*')}$`).test(resource);

const isLike = (key: string, pattern: string): boolean =>
  pattern.endsWith('*') ? key.startsWith(pattern.slice(0, -1)) : key === pattern;

/** The parts of a policy that allow a call; undefined if it does not. One statement has to allow all of it. */
export const allowing = (policy: Policy, { action, resource, keys = [] }: Call): Part[] | undefined => {
  for (const { actions, resources, keys: patterns } of policy) {
    const named = actions.includes(action)
      ? resources.find((pattern) => isNamed(resource, pattern))
      : undefined;
    if (named === undefined) continue;
    if (patterns === undefined) return [{ action, resource: named }];
    const found = keys.map((key) => patterns.find((pattern) => isLike(key, pattern)));
    const known = found.filter((pattern) => pattern !== undefined);
    if (keys.length > 0 && known.length === keys.length) {
      return [{ action, resource: named }, ...known.map((key) => ({ actions, resource: named, key }))];
    }
  }
  return undefined;
};
