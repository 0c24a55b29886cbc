import { randomUUID } from 'node:crypto';
import {
  type CancellationReason,
  type ConditionalCheckFailedException,
  DynamoDBClient,
  type KeysAndAttributes,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  type QueryCommandInput,
  type QueryCommandOutput,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import DataLoader from 'dataloader';
import type { Deadline } from './deadline.ts';
import type { TableIndex } from './indexes.ts';
import { type Retries, retrying, Unprocessed } from './retry.ts';
import type { UnreadableRow } from './row-kind.ts';

/** The key of a row. */
export interface Key {
  pk: string;
  sk: string;
}
/** A row as DynamoDB gives it; stores parse it before anybody reads it. */
export type Row = Record<string, unknown>;

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];
type WithoutTable<Input> = Omit<Input, 'TableName'>;

/** One write of a transaction, and the error that it means when its condition does not hold. */
export interface Write {
  put?: WithoutTable<NonNullable<TransactItem['Put']>>;
  update?: WithoutTable<NonNullable<TransactItem['Update']>>;
  remove?: WithoutTable<NonNullable<TransactItem['Delete']>>;
  check?: WithoutTable<NonNullable<TransactItem['ConditionCheck']>>;
  /** @param current the row as it is, if there is one */
  refused(current: Row | undefined): Error;
}

/** A range of sort keys, both ends included, in one partition of the table or of an index. */
export interface Range {
  index?: TableIndex;
  partition: { name: string; value: string };
  sort: { name: string; from: string; to: string };
  descending?: boolean;
  /** How many rows one request asks for; without it as many as 1 MB holds. */
  pageSize?: number;
}

/**
 * Connecting takes 1 to 2 ms within a region, and an answer rarely over 20: what takes longer will not come. A request for
 * which none comes is sent a second time within what a client is to wait at most, which is 5 s.
 */
const CONNECTION_TIMEOUT_MS = 1_000;
const REQUEST_TIMEOUT_MS = 2_000;

/** So many keys BatchGetItem takes at once. */
const MOST_KEYS = 100;

/**
 * A client that lives as long as the function's instance.
 *
 * @param maxAttempts how often the SDK tries; once where `retrying` decides
 */
export const connect = (maxAttempts = 1): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(
    new DynamoDBClient({
      maxAttempts,
      requestHandler: {
        connectionTimeout: CONNECTION_TIMEOUT_MS,
        requestTimeout: REQUEST_TIMEOUT_MS,
        throwOnRequestTimeout: true,
      },
    }),
    { marshallOptions: { removeUndefinedValues: true } },
  );

/**
 * The table, for the time of one request: reads asked for in the same moment go out as one BatchGetItem, and none is sent
 * twice. Errors are DynamoDB's own, those that a write's condition means, or `TableUnavailable`.
 */
export class Table {
  readonly #client: DynamoDBDocumentClient;
  readonly #name: string;
  readonly #deadline: Deadline;
  readonly #retries: Retries;
  readonly #rows: DataLoader<Key, Row | undefined, string>;
  #rider: Write | undefined;
  readonly #unreadable: UnreadableRow[] = [];

  /** @param retries how often and how long it is asked when it does not do what it is asked */
  constructor(client: DynamoDBDocumentClient, name: string, deadline: Deadline, retries: Retries = {}) {
    this.#client = client;
    this.#name = name;
    this.#deadline = deadline;
    this.#retries = retries;
    this.#rows = new DataLoader((keys) => this.#batchGet(keys), {
      cacheKeyFn: keyText,
      maxBatchSize: MOST_KEYS,
    });
  }

  /** The same table for something that may take so many milliseconds, whatever is left of the request's time. */
  within(milliseconds: number): Table {
    const end = performance.now() + milliseconds;
    const deadline = {
      signal: AbortSignal.timeout(milliseconds),
      remaining: () => Math.max(0, end - performance.now()),
    };
    const { patience: _, ...retries } = this.#retries;
    return new Table(this.#client, this.#name, deadline, retries);
  }

  /** The rows that were left out of what was read, since they cannot be read, for the log and for the team. */
  get unreadable(): readonly UnreadableRow[] {
    return this.#unreadable;
  }

  /** Notes that a row cannot be read, of which whoever reads its neighbours hears nothing. */
  leaveOut(row: UnreadableRow): void {
    this.#unreadable.push(row);
  }

  /** The row of a key, read consistently, as it was when this request first asked for it. */
  get(key: Key): Promise<Row | undefined> {
    return this.#rows.load(key);
  }

  /** The row of a key, read anew. */
  getAgain(key: Key): Promise<Row | undefined> {
    return this.#rows.clear(key).load(key);
  }

  /**
   * Those attributes of rows, besides their keys, read consistently and anew: what a list shows, without what it does not.
   * There is nothing of rows that are not there.
   */
  async getParts(keys: readonly Key[], attributes: readonly string[]): Promise<Row[]> {
    const names = ['pk', 'sk', ...attributes].map((name, index) => [`#${index}`, name] as const);
    const parts = {
      ProjectionExpression: names.map(([alias]) => alias).join(', '),
      ExpressionAttributeNames: Object.fromEntries(names),
    };
    const rows: Row[] = [];
    for (let start = 0; start < keys.length; start += MOST_KEYS) {
      const found = await this.#batchGet(keys.slice(start, start + MOST_KEYS), parts);
      rows.push(...found.filter((row) => row !== undefined));
    }
    return rows;
  }

  /**
   * The row of a key, read anew and by itself. Unlike a batch, that is serializable with transactions: of one whose effect
   * has been seen elsewhere it sees the effect here ("Amazon DynamoDB Transactions: How it works").
   */
  async getSerializable({ pk, sk }: Key): Promise<Row | undefined> {
    const command = new GetCommand({ TableName: this.#name, Key: { pk, sk }, ConsistentRead: true });
    const { Item } = await this.#retrying((abortSignal) => this.#client.send(command, { abortSignal }));
    return Item;
  }

  /** All rows of a partition whose sort key starts so, read consistently. */
  query(pk: string, sortKeyStart: string): Promise<Row[]> {
    const sort = { name: 'sk', from: sortKeyStart, to: `${sortKeyStart}\uffff` };
    return Array.fromAsync(this.rows({ partition: { name: 'pk', value: pk }, sort }));
  }

  /** The rows of a range, read page by page as they are asked for: consistently, unless from an index. */
  async *rows({ index, partition, sort, descending = false, pageSize }: Range): AsyncGenerator<Row> {
    const pages = this.pages({
      IndexName: index,
      KeyConditionExpression: '#partition = :partition AND #sort BETWEEN :from AND :to',
      ExpressionAttributeNames: { '#partition': partition.name, '#sort': sort.name },
      ExpressionAttributeValues: { ':partition': partition.value, ':from': sort.from, ':to': sort.to },
      ConsistentRead: index === undefined,
      ScanIndexForward: !descending,
      Limit: pageSize,
    });
    for await (const { Items = [] } of pages) yield* Items;
  }

  /** What a query finds, page by page; the next one is asked for when the one before is done with. */
  async *pages(input: WithoutTable<QueryCommandInput>): AsyncGenerator<QueryCommandOutput> {
    let { ExclusiveStartKey } = input;
    do {
      const command = new QueryCommand({ TableName: this.#name, ...input, ExclusiveStartKey });
      const page = await this.#retrying((abortSignal) => this.#client.send(command, { abortSignal }));
      yield page;
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey !== undefined);
  }

  /** Updates one row. A condition that does not hold rejects with DynamoDB's ConditionalCheckFailedException. */
  async update(input: WithoutTable<UpdateCommandInput>): Promise<void> {
    await this.updated({ ReturnValues: 'NONE', ...input });
  }

  /** Updates one row as `update` does, and gives it as it then is. */
  async updated(input: WithoutTable<UpdateCommandInput>): Promise<Row> {
    const command = new UpdateCommand({ TableName: this.#name, ReturnValues: 'ALL_NEW', ...input });
    const { Attributes } = await this.#retrying((abortSignal) => this.#client.send(command, { abortSignal }));
    return Attributes ?? {};
  }

  /** Has a write join the next transaction of this request, so that it costs no request of its own. */
  ride(write: Write): void {
    this.#rider = write;
  }

  /** The write that was to join a transaction, if none came; it will not join another. */
  takeLeftOver(): Write | undefined {
    const rider = this.#rider;
    this.#rider = undefined;
    return rider;
  }

  /** Writes all or nothing, and with it what waits for a ride, unless one of the writes has its row already. */
  async transact(writes: readonly Write[]): Promise<void> {
    const rider = this.#rider;
    const rides = rider !== undefined && !writes.some((write) => rowOf(write) === rowOf(rider));
    // What rides goes first: a session that was revoked meanwhile must not learn why else it is refused.
    const all = rides ? [rider, ...writes] : writes;
    const command = new TransactWriteCommand({
      // The same token at every try: one whose answer was lost has no second effect.
      ClientRequestToken: randomUUID(),
      TransactItems: all.map(({ put, update, remove, check }) => ({
        ...(put && {
          Put: { TableName: this.#name, ReturnValuesOnConditionCheckFailure: 'ALL_OLD', ...put },
        }),
        ...(update && { Update: { TableName: this.#name, ...update } }),
        ...(remove && { Delete: { TableName: this.#name, ...remove } }),
        ...(check && { ConditionCheck: { TableName: this.#name, ...check } }),
      })),
    });
    try {
      await this.#retrying((abortSignal) => this.#client.send(command, { abortSignal }));
    } catch (error) {
      throw refusalOf(error, all) ?? error;
    }
    if (rides) this.#rider = undefined;
  }

  #retrying<T>(operation: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return retrying(this.#deadline, this.#retries, operation);
  }

  async #batchGet(
    keys: readonly Key[],
    parts: Pick<KeysAndAttributes, 'ProjectionExpression' | 'ExpressionAttributeNames'> = {},
  ): Promise<(Row | undefined)[]> {
    const found = new Map<string, Row>();
    // One key may have been asked for twice, once of it anew, and DynamoDB refuses a key given twice.
    const distinct = new Map(keys.map(({ pk, sk }) => [keyText({ pk, sk }), { pk, sk }]));
    let pending: Record<string, unknown>[] = [...distinct.values()];
    await this.#retrying(async (abortSignal) => {
      const { Responses, UnprocessedKeys } = await this.#client.send(
        new BatchGetCommand({
          RequestItems: { [this.#name]: { Keys: pending, ConsistentRead: true, ...parts } },
        }),
        { abortSignal },
      );
      for (const row of Responses?.[this.#name] ?? []) found.set(keyText(row as unknown as Key), row);
      pending = UnprocessedKeys?.[this.#name]?.Keys ?? [];
      if (pending.length > 0) throw new Unprocessed();
    });
    return keys.map((key) => found.get(keyText(key)));
  }
}

/** Whether an error says that the condition of an update did not hold. */
export const isConditionFailed = (error: unknown): error is ConditionalCheckFailedException =>
  error instanceof Error && error.name === 'ConditionalCheckFailedException';

/** Whether the condition of a write holds; a write may also leave its work to whoever came before it. */
export const conditionHolds = async (write: Promise<unknown>): Promise<boolean> => {
  try {
    await write;
    return true;
  } catch (error) {
    if (isConditionFailed(error)) return false;
    throw error;
  }
};

/** For a write without a condition, which nothing refuses. */
export const unconditional = (): Error => new Error('a write without a condition was refused');

/** Removes a row, whatever it is, for a transaction. */
export const removed = (Key: Key): Write => ({ remove: { Key }, refused: unconditional });

/** When DynamoDB may forget a row, in seconds since the epoch, by its milliseconds. */
export const expiresAt = (milliseconds: number): number => Math.ceil(milliseconds / 1_000);

/** The row that did not hold an update's condition, if there is one; the update has to ask for it. */
export const currentRow = ({ Item }: ConditionalCheckFailedException): Row | undefined =>
  Item && unmarshall(Item);

/** Which row a write is of; a transaction takes only one write of each. */
const rowOf = ({ put, update, remove, check }: Write): string =>
  keyText((put?.Item ?? update?.Key ?? remove?.Key ?? check?.Key) as unknown as Key);

const keyText = ({ pk, sk }: Key): string => `${pk} ${sk}`;

/** What a cancelled transaction means: the first write whose condition did not hold says it. */
const refusalOf = (error: unknown, writes: readonly Write[]): Error | undefined => {
  if (!(error instanceof TransactionCanceledException)) return undefined;
  const reasons: CancellationReason[] = error.CancellationReasons ?? [];
  const index = reasons.findIndex(({ Code }) => Code === 'ConditionalCheckFailed');
  const item = reasons[index]?.Item;
  return writes[index]?.refused(item && unmarshall(item));
};
