import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { rowsOfApplication } from '../../functions/accounts/applications.ts';
import type { Caller, HeldRoles } from '../../functions/accounts/caller.ts';
import type { PasswordEnvironment } from '../../functions/accounts/password-cost.ts';
import { hashPassword, type PasswordHash } from '../../functions/accounts/passwords.ts';
import { rowOfSession, sessionPointer } from '../../functions/accounts/tokens.ts';
import { NO_ROLE, type User } from '../../functions/accounts/user.ts';
import { rowsOfUser } from '../../functions/accounts/users.ts';
import { rowsOfClient } from '../../functions/clients/clients.ts';
import { SCOPES, type Scope } from '../../functions/contract/define-route.ts';
import type { LineItem } from '../../functions/orders/order.ts';
import { randomId, randomToken } from '../../functions/table/ids.ts';
import type { Row } from '../../functions/table/row.ts';
import { type DemoClient, type DemoOrderRows, newOrder, storyOrder } from './demo-orders.ts';

type TokenName =
  | 'client'
  | 'other_client'
  | 'liaison'
  | 'employee'
  | 'application'
  | 'application_read_only'
  | 'no_role'
  | 'expired'
  | 'idle'
  | 'remembered';

/** What a program needs of an order to update it. */
export interface DemoOrder {
  order_id: number;
  updated_at: string;
  client_id: number;
  appt_id: number;
  line_items: Pick<LineItem, 'line_item_id' | 'name' | 'quantity' | 'completed_quantity'>[];
}

export interface DemoData {
  tokens: Record<TokenName, string>;
  orders: Record<string, DemoOrder>;
}

const HOUR_MS = 60 * 60 * 1_000;
const DAY_MS = 24 * HOUR_MS;

/** Clients whose addresses the stand-in for Mandrill answers with a failure, by the name of their order. */
const FAILING_MAIL = {
  mail_rejected: 'rejected@example.com',
  mail_invalid: 'invalid@example.com',
  mail_badkey: 'badkey@example.com',
  mail_fault: 'fault@example.com',
  mail_payment: 'payment@example.com',
  mail_nonsense: 'nonsense@example.com',
  mail_html: 'html@example.com',
  mail_hang: 'hang@example.com',
};
const PLAIN_ORDERS = 20;

/** With which all demo users sign in. */
export const DEMO_PASSWORD = 'a demo password';
export const DEMO_EMPLOYEE = 'emil.stone@example.com';
/** Who can sign in with it. */
export const DEMO_USERS = [
  'ada.brook@example.com',
  'max.hill@example.com',
  'lia.ferry@example.com',
  DEMO_EMPLOYEE,
  'nora.vale@example.com',
];

/** A table's rows in the making, and the names of what was made. */
class Demo {
  readonly rows: Row[] = [];
  readonly tokens: Partial<Record<TokenName, string>> = {};
  readonly orders: Record<string, DemoOrder> = {};
  readonly #now: Date;
  readonly #password: PasswordHash;

  constructor(now: Date, password: PasswordHash) {
    this.#now = now;
    this.#password = password;
  }

  #ago(milliseconds: number): string {
    return new Date(this.#now.getTime() - milliseconds).toISOString();
  }

  user(name: string, email: string, held: Partial<HeldRoles>): User {
    const user = {
      user_id: randomId(),
      name,
      email,
      email_verified: true,
      held: { ...NO_ROLE, ...held },
      created_at: this.#ago(60 * DAY_MS),
    };
    this.rows.push(...rowsOfUser(user, this.#password));
    return user;
  }

  client(name: string, email: string): DemoClient {
    const client_id = randomId();
    const user = this.user(name, email, { client_id });
    const { user_id, created_at } = user;
    this.rows.push(...rowsOfClient({ client_id, user_id, name, email, created_at }));
    return { ...user, client_id };
  }

  session(tokenName: TokenName, user: User, { age = 0, unused = 0, remember_me = false } = {}): void {
    const token = randomToken('ses');
    const { name, user_id, held } = user;
    const times = { created_at: this.#ago(age), last_used_at: this.#ago(unused) };
    const session = { name, user_id, held, remember_me, ...times };
    this.rows.push(rowOfSession(token, session), sessionPointer(token, session));
    this.tokens[tokenName] = token;
  }

  application(tokenName: TokenName, name: string, scopes: readonly Scope[]): Caller {
    const token = randomToken('app');
    const application = {
      application_id: randomId(),
      name,
      scopes: [...scopes],
      created_at: this.#ago(60 * DAY_MS),
    };
    this.rows.push(...rowsOfApplication(token, application));
    this.tokens[tokenName] = token;
    return { kind: 'application', id: application.application_id, name, scopes };
  }

  /** Adds an order, and has it told to whoever tries the API. */
  order(orderName: string, { order, rows }: DemoOrderRows): void {
    this.rows.push(...rows);
    const { order_id, updated_at, client_id, appointments, line_items } = order;
    this.orders[orderName] = {
      order_id,
      updated_at,
      client_id,
      appt_id: appointments[0]?.appt_id ?? 0,
      line_items: line_items.map(({ line_item_id, name, quantity, completed_quantity }) => ({
        line_item_id,
        name,
        quantity,
        completed_quantity,
      })),
    };
  }
}

const compose = (now: Date, password: PasswordHash): Demo => {
  const demo = new Demo(now, password);
  const client = demo.client('Ada Brook', 'ada.brook@example.com');
  const other = demo.client('Max Hill', 'max.hill@example.com');
  demo.session('client', client);
  demo.session('other_client', other);
  demo.session(
    'liaison',
    demo.user('Lia Ferry', 'lia.ferry@example.com', { liaison_for: [client.client_id] }),
  );
  const employee = demo.user('Emil Stone', DEMO_EMPLOYEE, { employee: true });
  demo.session('employee', employee);
  demo.session('no_role', demo.user('Nora Vale', 'nora.vale@example.com', {}));
  demo.session('expired', client, { age: 8 * DAY_MS, unused: HOUR_MS });
  demo.session('idle', client, { age: 4 * DAY_MS, unused: 73 * HOUR_MS });
  demo.session('remembered', client, { age: 30 * DAY_MS, unused: 20 * DAY_MS, remember_me: true });
  const dispatch = demo.application('application', 'Dispatch', SCOPES);
  demo.application('application_read_only', 'Reporting', ['orders:read']);

  for (let number = 1; number <= PLAIN_ORDERS; number += 1)
    demo.order(`plain_${number}`, newOrder(client, now));
  demo.order('other', newOrder(other, now));
  demo.order('story', storyOrder({ client, employee, dispatch }, now));
  for (const [orderName, email] of Object.entries(FAILING_MAIL)) {
    demo.order(orderName, newOrder(demo.client(`Client of ${orderName}`, email), now));
  }
  return demo;
};

/** DynamoDB writes at most 25 rows in one batch. */
const BATCH = 25;

/** Writes rows, however many, in the place of those with the same keys. */
export const putRows = async (
  documents: DynamoDBDocumentClient,
  tableName: string,
  rows: readonly Row[],
): Promise<void> => {
  for (let start = 0; start < rows.length; start += BATCH) {
    const puts = rows.slice(start, start + BATCH).map((Item) => ({ PutRequest: { Item } }));
    await documents.send(new BatchWriteCommand({ RequestItems: { [tableName]: puts } }));
  }
};

/**
 * Writes users, tokens and orders to try the API with; every call makes new ones.
 *
 * @param environment that of the functions which check the users' password
 */
export const createDemo = async (
  client: DynamoDBClient,
  tableName: string,
  now: Date,
  environment: Partial<PasswordEnvironment>,
): Promise<DemoData> => {
  const { rows, tokens, orders } = compose(now, (await hashPassword(DEMO_PASSWORD, environment)).hashed);
  await putRows(DynamoDBDocumentClient.from(client), tableName, rows);
  return { tokens: tokens as DemoData['tokens'], orders };
};
