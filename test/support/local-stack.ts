import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';
import { inject } from 'vitest';
import type { ListedSession } from '../../functions/accounts/listed-session.ts';
import type { UserView } from '../../functions/accounts/user-view.ts';
import type { ClientView } from '../../functions/clients/client-view.ts';
import { BASE_PATH } from '../../functions/contract/define-route.ts';
import type { Fault } from '../../functions/contract/faults.ts';
import type { SessionView } from '../../functions/contract/session-view.ts';
import type { Status } from '../../functions/contract/statuses.ts';
import type { HistoryEntryView } from '../../functions/orders/history-view.ts';
import type { Order } from '../../functions/orders/order.ts';
import { orderRows } from '../../functions/orders/order-row.ts';
import type { OrderPreview } from '../../functions/orders/preview.ts';
import { partitions } from '../../functions/table/partitions.ts';
import type { DemoOrder } from '../../infra/local/demo.ts';
import { type Database, localClient } from '../../infra/local/dynamodb.ts';
import { type LocalStack, startLocalStack } from '../../infra/local/stack.ts';
import type { Assembly } from '../../infra/local/template.ts';
import { type Target, targetOf } from '../../ops/target.ts';
import { expectDescribed } from './described.ts';
import { expectNothingPersonal } from './personal.ts';

/** An answer of the API, taken apart. */
export interface Answer {
  http: number;
  headers: Headers;
  status: Status;
  message: string;
  request_id: string;
  data?: {
    order: Order;
    user: UserView;
    client: ClientView;
    clients: ClientView[];
    orders: Order[];
    history: HistoryEntryView[];
    next_cursor: string | null;
    changes: OrderPreview['changes'];
    email: OrderPreview['email'];
    not_found: number[];
    sessions: ListedSession[];
  };
  errors?: Fault[];
  errors_total?: number;
  session?: SessionView;
}

/** A database that nobody else uses. */
export const aDatabase = (endpoint = inject('dynamoDbEndpoint')): Database => ({
  endpoint,
  accessKeyId: randomUUID().replaceAll('-', ''),
});

interface StartOptions {
  /** Whether no other file uses it, as one whose test counts what instances do when they start, or changes what stays. */
  alone?: true;
  schedules?: boolean;
  database?: Database;
  assembly?: Assembly;
  /** The folder in which it has one of its own. */
  within?: string;
  /** Variables of the functions' environment in the place of the template's. */
  environment?: Record<string, string>;
  /** False where another release's answers are given, which its own reference describes. */
  isDescribed?: boolean;
}

/** Whether a stack is of no use to other files. */
const isUnlikeOthers = (options: StartOptions): boolean => Object.keys(options).length > 0;

/** For a test in which Mandrill hangs: how long its e-mails wait for it. */
export const SOON = { MANDRILL_PATIENCE_MS: '1500' };

/** A stack that a file has used, and how the next one gets it. */
interface Used {
  again: (database: Database) => Promise<LocalStack>;
  folder: string;
  /** By which its instances, and with them the next database, know sources (`source-hash.ts`). */
  sourceKeys: Record<string, unknown>[];
}

/**
 * The stacks that files of this worker have used, for those to come: their instances run already and are quick by now. Of what was done
 * nothing is left, neither in the database, which is another, nor in what stands for services.
 */
const used: Used[] = [];

/** The whole stack on this machine, and ways to talk to it as a client does and to look behind it. */
export class TestStack {
  readonly stack: LocalStack;
  readonly #folder: string;
  /** For looking behind the API. */
  readonly documents: DynamoDBDocumentClient;
  readonly #isDescribed: boolean;
  readonly #isAlone: boolean;
  #used = 0;

  private constructor(stack: LocalStack, folder: string, options: StartOptions) {
    this.stack = stack;
    this.#folder = folder;
    this.#isDescribed = options.isDescribed ?? true;
    this.#isAlone = isUnlikeOthers(options);
    this.documents = DynamoDBDocumentClient.from(localClient(stack.database));
  }

  /**
   * One whose schedules run only when a test has them run, unless it wants them to run by themselves, in a database of
   * its own in the DynamoDB Local that all share, unless it brings another to do something to it, or shares that of another. It
   * is started, unless a file before has used one that is like it.
   */
  static async start(options: StartOptions = {}): Promise<TestStack> {
    const before = isUnlikeOthers(options) ? undefined : used.pop();
    if (before === undefined) return TestStack.#startAnew(options);
    const { again, folder, sourceKeys } = before;
    const stack = new TestStack(await again(aDatabase()), folder, options);
    await Promise.all(sourceKeys.map((row) => stack.put(row)));
    return stack;
  }

  static async #startAnew(options: StartOptions): Promise<TestStack> {
    const {
      schedules = false,
      database = aDatabase(),
      assembly = inject('assembly'),
      within = inject('folder'),
      environment = {},
    } = options;
    const folder = mkdtempSync(join(within, 'stack-'));
    const stack = await startLocalStack({
      assembly,
      database,
      port: 0,
      folder,
      schedules,
      // Hardly any work: many sign in at once in tests, on a machine with a great deal else to do.
      environment: { SCRYPT_COST: '32', ...environment },
    });
    return new TestStack(stack, folder, options);
  }

  /** Ends its use, when a test file ends. Nothing may have been denied to a function, and nothing personal be in a log. */
  async stop(): Promise<void> {
    const again = this.#isAlone ? await this.stack.stop() : await this.stack.rest();
    const { logs, access } = this.stack;
    if (access.denials().length > 0) throw new Error(access.denials().join('\n'));
    for (const file of readdirSync(logs)) expectNothingPersonal(file, readFileSync(join(logs, file), 'utf8'));
    if (again) used.push({ again, folder: this.#folder, sourceKeys: await this.rows(partitions.sourceKey) });
    else rmSync(this.#folder, { recursive: true, force: true });
    this.documents.destroy();
  }

  get tokens(): LocalStack['demo']['tokens'] {
    return this.stack.demo.tokens;
  }

  /** What the operators' commands act on. */
  get target(): Target {
    return targetOf(undefined, { folder: this.#folder });
  }

  order(name: string): DemoOrder {
    const order = this.stack.demo.orders[name];
    if (order === undefined) throw new Error(`there is no demo order ${name}`);
    return order;
  }

  /** A demo order of the demo client that no other test has got. */
  freshOrder(): DemoOrder {
    this.#used += 1;
    return this.order(`plain_${this.#used}`);
  }

  /** Sends a request to the API, whose answer has to be one that the reference describes. */
  async send(path: string, init: RequestInit): Promise<Answer> {
    const response = await fetch(`${this.stack.url}${BASE_PATH}/${path}`, init);
    const body = (await response.json()) as Omit<Answer, 'http' | 'headers'>;
    const { status: http, headers } = response;
    if (this.#isDescribed) {
      expectDescribed({ method: init.method ?? 'GET', path: `${BASE_PATH}/${path}`, http, headers, body });
    }
    return { ...body, http, headers };
  }

  /** Posts parameters as JSON. */
  post(path: string, params: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(params),
    });
  }

  /** Posts parameters as a sensitive route takes them: JSON in base64. */
  postEncoded(path: string, params: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: Buffer.from(JSON.stringify(params)).toString('base64'),
    });
  }

  /** Gets with a token. */
  get(path: string, token: string): Promise<Answer> {
    return this.send(path, { headers: { authorization: `Bearer ${token}` } });
  }

  /** Updates an order from the state that the demo data tell, with the client's token unless another is given. */
  update(
    order: DemoOrder,
    params: Record<string, unknown> = {},
    token = this.tokens.client,
  ): Promise<Answer> {
    const { order_id, updated_at, appt_id } = order;
    return this.post('orders/update', { token, order_id, updated_at, appointment: { appt_id }, ...params });
  }

  put(Item: Record<string, unknown>): Promise<unknown> {
    return this.documents.send(new PutCommand({ TableName: this.stack.tableName, Item }));
  }

  remove(Key: { pk: string; sk: string }): Promise<unknown> {
    return this.documents.send(new DeleteCommand({ TableName: this.stack.tableName, Key }));
  }

  /** The rows of a partition. */
  async rows(pk: string): Promise<Record<string, unknown>[]> {
    const { Items = [] } = await this.documents.send(
      new QueryCommand({
        TableName: this.stack.tableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
        ConsistentRead: true,
      }),
    );
    return Items;
  }

  /** All rows of the partitions whose key starts so. */
  async rowsStarting(start: string): Promise<Record<string, unknown>[]> {
    const rows: Record<string, unknown>[] = [];
    let ExclusiveStartKey: Record<string, unknown> | undefined;
    do {
      const page = await this.documents.send(
        new ScanCommand({
          TableName: this.stack.tableName,
          FilterExpression: 'begins_with(pk, :start)',
          ExpressionAttributeValues: { ':start': start },
          ConsistentRead: true,
          ExclusiveStartKey,
        }),
      );
      rows.push(...(page.Items ?? []));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey !== undefined);
    return rows;
  }

  /** The saved e-mail of an order that has one. */
  async email(order_id: number): Promise<Record<string, unknown> | undefined> {
    return (await this.rowsStarting('EMAIL#')).find((row) => row.order_id === order_id);
  }

  /** The order as it is stored. */
  async storedOrder(order_id: number): Promise<Order> {
    const rows = await this.rows(`ORDER#${order_id}`);
    return orderRows.read(rows.find(({ sk }) => sk === 'ORDER') ?? {});
  }
}
