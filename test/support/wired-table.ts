import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest';
import type { Deadline } from '../../functions/table/deadline.ts';
import type { Retries } from '../../functions/table/retry.ts';
import type { Key, Row } from '../../functions/table/row.ts';
import { connect, Table } from '../../functions/table/table.ts';
import { type FreshTable, freshTable } from './dynamodb.ts';
import { farDeadline } from './far-deadline.ts';
import { type Fault, Wire } from './wire.ts';

/** Tries as ever, without the pauses. */
export const QUICK: Retries = { pausesMs: [1, 1, 1] };

/** A deadline that passes when a fault has struck so often. */
export const passingAt = (count: number, fault: Fault): { deadline: Deadline; fault: Fault } => {
  const controller = new AbortController();
  let struck = 0;
  return {
    deadline: { signal: controller.signal, remaining: () => 60_000 },
    fault: (...args) => {
      struck += 1;
      if (struck === count) controller.abort(new Error('the time is up'));
      return fault(...args);
    },
  };
};

/**
 * A test file's own table, and the wire to it that functions find in their environment. Made at the top of a file, it is
 * there for all of the file's tests; what each changes of the environment or has go wrong ends with the test.
 */
export class WiredTable {
  #fresh!: FreshTable;
  #behind!: DynamoDBDocumentClient;
  #client!: DynamoDBDocumentClient;
  wire!: Wire;

  constructor() {
    beforeAll(async () => {
      this.#fresh = await freshTable();
      this.#behind = DynamoDBDocumentClient.from(this.#fresh.client);
      this.wire = await Wire.start(this.#fresh.endpoint);
    });
    beforeEach(() => {
      this.wire.reset();
      for (const [name, value] of Object.entries(this.environment)) vi.stubEnv(name, value);
      this.#client = connect();
    });
    afterEach(() => {
      this.#client.destroy();
      vi.unstubAllEnvs();
    });
    afterAll(async () => {
      await this.wire.stop();
      await this.#fresh.remove();
    });
  }

  /** What a function finds in its environment. */
  get environment(): Record<string, string> {
    return {
      AWS_ENDPOINT_URL_DYNAMODB: this.wire.endpoint,
      AWS_REGION: 'local',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      STAGE: 'test',
      API_URL: 'https://api.example.com',
      TABLE_NAME: this.name,
    };
  }

  get name(): string {
    return this.#fresh.tableName;
  }

  /** The client under test. */
  get client(): DynamoDBDocumentClient {
    return this.#client;
  }

  /** The table as one request has it. */
  open(deadline: Deadline = farDeadline(), retries = QUICK): Table {
    return new Table(this.#client, this.name, deadline, retries);
  }

  /** Puts rows there, past the wire. */
  async put(...rows: Row[]): Promise<void> {
    await Promise.all(rows.map((Item) => this.#behind.send(new PutCommand({ TableName: this.name, Item }))));
  }

  /** The row that is there now, past the wire. */
  async row({ pk, sk }: Key): Promise<Row | undefined> {
    const { Item } = await this.#behind.send(
      new GetCommand({ TableName: this.name, Key: { pk, sk }, ConsistentRead: true }),
    );
    return Item;
  }

  /** All rows of the partitions whose key starts so, past the wire. */
  async rows(start: string): Promise<Row[]> {
    const { Items = [] } = await this.#behind.send(
      new ScanCommand({ TableName: this.name, ConsistentRead: true }),
    );
    return Items.filter(({ pk }) => String(pk).startsWith(start));
  }

  /** Deletes every row, past the wire. */
  async clear(): Promise<void> {
    await Promise.all(
      (await this.rows('')).map(({ pk, sk }) =>
        this.#behind.send(new DeleteCommand({ TableName: this.name, Key: { pk, sk } })),
      ),
    );
  }
}
