import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
  type TableDescription,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import pRetry from 'p-retry';
import * as z from 'zod';

const keySchema = z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));

const indexSchema = z.strictObject({
  IndexName: z.string(),
  KeySchema: keySchema,
  Projection: z.strictObject({
    ProjectionType: z.enum(['ALL', 'INCLUDE', 'KEYS_ONLY']),
    NonKeyAttributes: z.array(z.string()).optional(),
  }),
});

/**
 * The properties of CloudFormation's `AWS::DynamoDB::Table` that this project may use
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html).
 */
const tableSchema = z.strictObject({
  TableName: z.string(),
  KeySchema: keySchema,
  AttributeDefinitions: z.array(
    z.strictObject({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
  ),
  BillingMode: z.literal('PAY_PER_REQUEST'),
  GlobalSecondaryIndexes: z.array(indexSchema).optional(),
  StreamSpecification: z
    .strictObject({ StreamViewType: z.enum(['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES']) })
    .optional(),
  TimeToLiveSpecification: z.strictObject({ AttributeName: z.string(), Enabled: z.boolean() }).optional(),
  // These protect data in the cloud; a local table has nothing that corresponds to them.
  DeletionProtectionEnabled: z.unknown().optional(),
  PointInTimeRecoverySpecification: z.unknown().optional(),
  SSESpecification: z.unknown().optional(),
  Tags: z.unknown().optional(),
});

const describe = async (client: DynamoDBClient, TableName: string): Promise<TableDescription> => {
  const { Table = {} } = await client.send(new DescribeTableCommand({ TableName }));
  return Table;
};

/** Waits until a table has made its indexes: it makes one at a time. */
const untilIndexed = (client: DynamoDBClient, TableName: string): Promise<void> =>
  pRetry(
    async () => {
      const { GlobalSecondaryIndexes = [] } = await describe(client, TableName);
      if (!GlobalSecondaryIndexes.every(({ IndexStatus }) => IndexStatus === 'ACTIVE')) {
        throw new Error(`${TableName} is still making an index`);
      }
    },
    { retries: Number.POSITIVE_INFINITY, minTimeout: 50, factor: 1 },
  );

/** Gives a table that an earlier release has left the indexes that it lacks. */
const addMissingIndexes = async (
  client: DynamoDBClient,
  { TableName, AttributeDefinitions, GlobalSecondaryIndexes = [] }: z.infer<typeof tableSchema>,
): Promise<void> => {
  const { GlobalSecondaryIndexes: present = [], KeySchema = [] } = await describe(client, TableName);
  const missing = GlobalSecondaryIndexes.filter(
    (index) => !present.some(({ IndexName }) => IndexName === index.IndexName),
  );
  const used = new Set(
    [...KeySchema, ...present.flatMap((index) => index.KeySchema ?? [])].map((key) => key.AttributeName),
  );
  for (const index of missing) {
    for (const { AttributeName } of index.KeySchema) used.add(AttributeName);
    await client.send(
      new UpdateTableCommand({
        TableName,
        AttributeDefinitions: AttributeDefinitions.filter(({ AttributeName }) => used.has(AttributeName)),
        GlobalSecondaryIndexUpdates: [{ Create: index }],
      }),
    );
    await untilIndexed(client, TableName);
  }
};

/**
 * Makes a table in DynamoDB Local as a template declares it, unless kept data has it already; then it
 * gets the indexes that it lacks.
 * @param properties the resource's properties with its references resolved. One that this function does not know is an
 *   error, so that the local table never quietly differs from the deployed one.
 */
export const createTable = async (client: DynamoDBClient, properties: unknown): Promise<void> => {
  const parsed = tableSchema.safeParse(properties);
  if (!parsed.success) {
    throw new Error(`The table cannot be made in DynamoDB Local:\n${z.prettifyError(parsed.error)}`);
  }
  const { TableName, StreamSpecification: stream, TimeToLiveSpecification: ttl } = parsed.data;
  const { KeySchema, AttributeDefinitions, BillingMode, GlobalSecondaryIndexes } = parsed.data;
  const StreamSpecification = stream && { StreamEnabled: true, ...stream };
  try {
    await client.send(
      new CreateTableCommand({
        TableName,
        KeySchema,
        AttributeDefinitions,
        BillingMode,
        GlobalSecondaryIndexes,
        StreamSpecification,
      }),
    );
  } catch (error) {
    if (error instanceof ResourceInUseException) return addMissingIndexes(client, parsed.data);
    throw error;
  }
  if (ttl) await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: ttl }));
};
