import * as z from 'zod';

/** The account and region that this machine pretends to be; the pseudo parameters of the same names. */
export const ACCOUNT = '000000000000';
export const REGION = 'us-east-1';

const resourceSchema = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
});
export type Resource = z.infer<typeof resourceSchema>;

export const templateSchema = z.object({
  Resources: z.record(z.string(), resourceSchema).default({}),
  Outputs: z
    .record(z.string(), z.object({ Value: z.unknown(), Export: z.object({ Name: z.unknown() }).optional() }))
    .default({}),
  Parameters: z.record(z.string(), z.object({ Type: z.string(), Default: z.unknown() })).default({}),
});

export interface Stack {
  name: string;
  template: z.infer<typeof templateSchema>;
}

/** Where a template may give a resource its name. */
const NAME_PROPERTIES: Record<string, string> = {
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::Events::Rule': 'Name',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SQS::Queue': 'QueueName',
};

/** How the type of a template's parameter begins whose value is that of a parameter of SSM's, and which holds the name of that. */
const OF_SSM = 'AWS::SSM::Parameter::Value<';

/** A function's version or alias has the function's ARN, and its own name behind it. */
export const functionArn = (name: string): string => `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`;

/** Stands for the number of a function's version, which is known when that is published. */
export const versionOf = (functionName: string): string => `{version of ${functionName}}`;

/** Log groups' ARNs are those of their streams, of which there may be any. */
export const logGroupArn = (name: string): string => `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${name}:*`;

export const queueArn = (name: string): string => `arn:aws:sqs:${REGION}:${ACCOUNT}:${name}`;

/** A queue's URL, by which it is called; its last part is the name. */
export const queueUrl = (name: string): string => `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${name}`;

/** A parameter's name may begin with a slash, which is in the ARN in any case. */
export const parameterArn = (name: string): string =>
  `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/${name.replace(/^\//, '')}`;

export const topicArn = (name: string): string => `arn:aws:sns:${REGION}:${ACCOUNT}:${name}`;

const arn = (type: string, physicalId: string): string => {
  if (type === 'AWS::Lambda::Function') return functionArn(physicalId);
  if (type === 'AWS::SQS::Queue') return queueArn(physicalId);
  if (type === 'AWS::Logs::LogGroup') return logGroupArn(physicalId);
  const [, service, kind] = type.toLowerCase().split('::');
  return `arn:aws:${service}:${REGION}:${ACCOUNT}:${kind}/${physicalId}`;
};

const texts = z.array(z.string());
const join = z.tuple([z.string(), texts]);
const select = z.tuple([z.coerce.number(), z.array(z.unknown())]);
const split = z.tuple([z.string(), z.string()]);
const substitution = z.union([z.tuple([z.string(), z.record(z.string(), z.string())]), z.string()]);

/**
 * Makes the function that replaces CloudFormation's intrinsic functions in a value of one of the stacks by what they
 * stand for on this machine. A resource's physical id is the name that its template gives it, else that of its stack and its
 * logical id.
 *
 * Source: "Intrinsic function reference" and "Pseudo parameters reference" of the CloudFormation user guide.
 *
 * @throws Error that names an intrinsic function, attribute, reference, parameter or export that is not known
 */
export const resolverFor = (stacks: readonly Stack[]) => {
  const physicalId = (stack: Stack, logicalId: string): string => {
    const { Type, Properties } = stack.template.Resources[logicalId] ?? unknownReference(stack, logicalId);
    const named = Properties[NAME_PROPERTIES[Type] ?? ''];
    return named === undefined ? `${stack.name}-${logicalId}` : z.string().parse(resolve(stack, named));
  };

  const reference = (stack: Stack, name: string): unknown => {
    const pseudoParameters: Record<string, string | undefined> = {
      'AWS::AccountId': ACCOUNT,
      'AWS::NoValue': undefined,
      'AWS::Partition': 'aws',
      'AWS::Region': REGION,
      'AWS::StackName': stack.name,
      'AWS::URLSuffix': 'amazonaws.com',
    };
    if (name in pseudoParameters) return pseudoParameters[name];
    const { Type: of = '', Default: value } = stack.template.Parameters[name] ?? {};
    if (value !== undefined) return of.startsWith(OF_SSM) ? parameterNamed(String(value)) : value;
    const type = stack.template.Resources[name]?.Type;
    if (type === 'AWS::SNS::Topic') return topicArn(physicalId(stack, name));
    if (type === 'AWS::SQS::Queue') return queueUrl(physicalId(stack, name));
    if (type === 'AWS::Lambda::Version')
      return `${functionArn(functionOf(stack, name))}:${attribute(stack, name, 'Version')}`;
    if (type === 'AWS::Lambda::Alias') {
      const { Name } = stack.template.Resources[name]?.Properties ?? {};
      return `${functionArn(functionOf(stack, name))}:${resolve(stack, Name)}`;
    }
    return physicalId(stack, name);
  };

  /** The name of the function that a version or an alias is of. */
  const functionOf = (stack: Stack, logicalId: string): string =>
    z.string().parse(resolve(stack, stack.template.Resources[logicalId]?.Properties.FunctionName));

  const attribute = (stack: Stack, logicalId: string, name: string): string => {
    const resource = stack.template.Resources[logicalId] ?? unknownReference(stack, logicalId);
    if (name === 'Arn') return arn(resource.Type, physicalId(stack, logicalId));
    if (name === 'Version' && resource.Type === 'AWS::Lambda::Version')
      return versionOf(functionOf(stack, logicalId));
    if (name === 'ApiEndpoint')
      return `https://${physicalId(stack, logicalId)}.execute-api.${REGION}.amazonaws.com`;
    throw new Error(`Fn::GetAtt ${logicalId}.${name} is not known here.`);
  };

  /** The value that a stack gives to the parameter of SSM's of that name. */
  const parameterNamed = (wanted: string): unknown => {
    for (const stack of stacks)
      for (const { Type, Properties } of Object.values(stack.template.Resources))
        if (Type === 'AWS::SSM::Parameter' && resolve(stack, Properties.Name) === wanted)
          return resolve(stack, Properties.Value);
    throw new Error(`No stack has the parameter ${wanted} of SSM's.`);
  };

  const imported = (name: string): unknown => {
    for (const stack of stacks)
      for (const { Value, Export } of Object.values(stack.template.Outputs))
        if (Export && resolve(stack, Export.Name) === name) return resolve(stack, Value);
    throw new Error(`Fn::ImportValue ${name}: no stack exports it.`);
  };

  const substituted = (stack: Stack, text: string, values: Record<string, string>): string =>
    text
      .replaceAll(/\$\{([^!}]+)\}/g, (_, name: string) => {
        const [logicalId = '', ...attributes] = name.split('.');
        if (name in values) return values[name] ?? '';
        if (attributes.length > 0) return attribute(stack, logicalId, attributes.join('.'));
        return String(reference(stack, name));
      })
      .replaceAll('${!', '${');

  /** Each takes its argument resolved already. */
  const intrinsics: Record<string, (stack: Stack, argument: unknown) => unknown> = {
    Ref: (stack, argument) => reference(stack, z.string().parse(argument)),
    'Fn::GetAtt': (stack, argument) => {
      const [logicalId = '', ...name] =
        typeof argument === 'string' ? argument.split('.') : texts.parse(argument);
      return attribute(stack, logicalId, name.join('.'));
    },
    'Fn::ImportValue': (_, argument) => imported(z.string().parse(argument)),
    'Fn::Join': (_, argument) => {
      const [separator, parts] = join.parse(argument);
      return parts.join(separator);
    },
    'Fn::Select': (_, argument) => {
      const [index, values] = select.parse(argument);
      return values[index];
    },
    'Fn::Split': (_, argument) => {
      const [separator, text] = split.parse(argument);
      return text.split(separator);
    },
    'Fn::Sub': (stack, argument) => {
      const parsed = substitution.parse(argument);
      return typeof parsed === 'string' ? substituted(stack, parsed, {}) : substituted(stack, ...parsed);
    },
  };

  const resolve = (stack: Stack, value: unknown): unknown => {
    if (Array.isArray(value))
      return value.map((item) => resolve(stack, item)).filter((item) => item !== undefined);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    const resolved = entries.map(([key, item]): [string, unknown] => [key, resolve(stack, item)]);
    const [name, argument] = resolved[0] ?? [''];
    if (entries.length !== 1 || !(name === 'Ref' || name.startsWith('Fn::')))
      return Object.fromEntries(resolved.filter(([, item]) => item !== undefined));
    const intrinsic = intrinsics[name];
    if (!intrinsic) throw new Error(`${name} is an intrinsic function that is not known here.`);
    return intrinsic(stack, argument);
  };

  return { resolve, physicalId };
};

const unknownReference = (stack: Stack, logicalId: string): never => {
  throw new Error(`stack ${stack.name} has no resource or parameter with a value named ${logicalId}.`);
};
