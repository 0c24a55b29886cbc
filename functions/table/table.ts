import { randomUUID } from 'node:crypto';
import { DynamoDBClient, type KeysAndAttributes } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  type QueryCommandInput,
  type QueryCommandOutput,
  TransactWriteCommand,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import DataLoader from 'dataloader';
import type { Deadline } from './deadline.ts';
import type { TableIndex } from './indexes.ts';
import { type Retries, retrying, Unprocessed } from './retry.ts';
import { type Key, keyText, type Row } from './row.ts';
import type { UnreadableRow } from './row-kind.ts';
import { Sha256 } from './sha256.ts';
import { meaningOf, type WithoutTable, type Write } from './write.ts';

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

/**
 * Steps of the SDK that do nothing here, and a tenth of its work: a log of each request and answer that nobody keeps, the SDK's name
 * and version in each request, and a guard against functions that call themselves, which DynamoDB cannot do.
 */
const UNUSED_STEPS = ['loggerMiddleware', 'getUserAgentMiddleware', 'recursionDetectionMiddleware'];

/** So many keys BatchGetItem takes at once. */
const MOST_KEYS = 100;

/**
 * A client that lives as long as the function's instance.
 *
 * @param maxAttempts how often the SDK tries; once where `retrying` decides
 */
export const connect = (maxAttempts = 1): DynamoDBDocumentClient => {
  const client = new DynamoDBClient({
    maxAttempts,
    sha256: Sha256,
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      throwOnRequestTimeout: true,
    },
  });
  for (const step of UNUSED_STEPS) client.middlewareStack.remove(step);
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
};

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
  readonly #unreadable: UnreadableRow[] = [];
  /** How often DynamoDB was asked, and for how long its answers were waited for; of several at once each counts. */
  readonly asked = { tries: 0, milliseconds: 0 };

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

  /** Writes all or nothing; the first write whose condition does not hold says which error that is. */
  async transact(writes: readonly Write[]): Promise<void> {
    const command = new TransactWriteCommand({
      // The same token at every try: one whose answer was lost has no second effect.
      ClientRequestToken: randomUUID(),
      TransactItems: writes.map(({ put, update, remove, check }) => ({
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
      throw meaningOf(error, writes) ?? error;
    }
  }

  #retrying<T>(operation: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const startedAt = performance.now();
    const counted = (signal: AbortSignal): Promise<T> => {
      this.asked.tries += 1;
      return operation(signal);
    };
    return retrying(this.#deadline, this.#retries, counted).finally(() => {
      this.asked.milliseconds += performance.now() - startedAt;
    });
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
