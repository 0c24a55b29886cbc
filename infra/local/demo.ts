import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { rowsOfApplication } from '../../functions/adapters/applications.ts';
import { rowOfClient } from '../../functions/adapters/clients.ts';
import { randomId, randomToken } from '../../functions/adapters/ids.ts';
import { rowsOfHistory } from '../../functions/adapters/order-history.ts';
import { rowOfOrder } from '../../functions/adapters/order-row.ts';
import { hashPassword, type PasswordHash } from '../../functions/adapters/passwords.ts';
import type { Row } from '../../functions/adapters/table.ts';
import { rowOfSession, sessionPointer } from '../../functions/adapters/tokens.ts';
import { rowsOfUser } from '../../functions/adapters/users.ts';
import { SCOPES, type Scope } from '../../functions/contract/define-route.ts';
import type { NewOrder } from '../../functions/contract/new-order.ts';
import type { LineItem, Order } from '../../functions/contract/order.ts';
import { makeAppointment, reschedule } from '../../functions/domain/appointments.ts';
import type { Caller, HeldRoles } from '../../functions/domain/caller.ts';
import type { ChangeContext, OrderChange } from '../../functions/domain/order-change.ts';
import { makeOrder } from '../../functions/domain/order-creation.ts';
import { applyUpdate } from '../../functions/domain/order-update.ts';
import { NO_ROLE, type User } from '../../functions/domain/user.ts';

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
      held: { ...NO_ROLE, ...held },
      created_at: this.#ago(60 * DAY_MS),
    };
    this.rows.push(...rowsOfUser(user, this.#password));
    return user;
  }

  client(name: string, email: string): User & { client_id: number } {
    const client_id = randomId();
    const user = this.user(name, email, { client_id });
    this.rows.push(rowOfClient({ client_id, user_id: user.user_id, name, email }));
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

  /** An order that its client made an hour ago. */
  order(orderName: string, client: User & { client_id: number }): void {
    const context = { caller: callerOf(client), now: new Date(this.#ago(HOUR_MS)), newId: randomId };
    const { order, history } = makeOrder(anOrder(this.#visit(7)), client.client_id, context);
    this.rows.push(...rowsOfHistory(history));
    this.#keep(orderName, order);
  }

  /** An order with a past: made, moved, begun, and completed after a visit that was cancelled, by several callers. */
  story(orderName: string, client: User & { client_id: number }, employee: User, dispatch: Caller): void {
    const days = (count: number, caller: Caller): ChangeContext => ({
      caller,
      now: new Date(this.#ago(count * DAY_MS)),
      newId: randomId,
    });
    const made = makeOrder(anOrder(this.#visit(-3)), client.client_id, days(9, callerOf(client)));
    this.rows.push(...rowsOfHistory(made.history));
    let { order } = made;
    const appt_id = () => order.appointments.at(-1)?.appt_id ?? 0;
    const [gutters, windows] = order.line_items.map(({ line_item_id }) => line_item_id);
    const seen = () => ({ order_id: order.order_id, updated_at: order.updated_at });
    const happen = (change: OrderChange | undefined): void => {
      if (change === undefined) return;
      order = change.after;
      this.rows.push(...rowsOfHistory(change.history));
    };
    const update = (changes: object, context: ChangeContext) =>
      happen(applyUpdate(order, { ...seen(), appointment: { appt_id: appt_id() }, ...changes }, context));

    update({ notes: 'Please use the side gate.' }, days(8, callerOf(client)));
    const moved = { ...seen(), appt_id: appt_id(), scheduled_for: this.#visit(-2), duration_minutes: 120 };
    happen(reschedule(order, moved, days(7, dispatch)));
    const windowsDone = { line_item_id: windows ?? 0, completed_quantity: 12 };
    update({ line_items: [windowsDone] }, days(2, callerOf(employee)));
    const cancelled = { appt_id: appt_id(), cancel_reason: 'Rain', cancel_note: 'The gutters wait.' };
    update({ appointment: cancelled }, days(2, callerOf(employee)));
    happen(makeAppointment(order, { ...seen(), scheduled_for: this.#visit(-1) }, days(1.5, dispatch)));
    const guttersDone = { line_item_id: gutters ?? 0, completed_quantity: 4 };
    update({ line_items: [guttersDone] }, days(1, callerOf(employee)));
    this.#keep(orderName, order);
  }

  /** Nine o’clock in so many days. */
  #visit(days: number): string {
    const visit = new Date(this.#now.getTime() + days * DAY_MS);
    visit.setUTCHours(9, 0, 0, 0);
    return visit.toISOString();
  }

  #keep(orderName: string, order: Order): void {
    this.rows.push(rowOfOrder(order));
    this.orders[orderName] = {
      order_id: order.order_id,
      updated_at: order.updated_at,
      client_id: order.client_id,
      appt_id: order.appointments.map(({ appt_id }) => appt_id)[0] ?? 0,
      line_items: order.line_items.map(({ line_item_id, name, quantity, completed_quantity }) => ({
        line_item_id,
        name,
        quantity,
        completed_quantity,
      })),
    };
  }
}

const callerOf = ({ user_id: id, name, held }: User): Caller => ({ kind: 'user', id, name, held });

/** What the demo clients order. */
const anOrder = (scheduled_for: string): NewOrder => ({
  notes: 'Ring twice, the dog is friendly.',
  line_items: [
    { name: 'Gutter cleaning', quantity: 4 },
    { name: 'Window cleaning', quantity: 12 },
  ],
  appointment: { scheduled_for, duration_minutes: 90 },
});

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

  for (let number = 1; number <= PLAIN_ORDERS; number += 1) demo.order(`plain_${number}`, client);
  demo.order('other', other);
  demo.story('story', client, employee, dispatch);
  for (const [orderName, email] of Object.entries(FAILING_MAIL)) {
    demo.order(orderName, demo.client(`Client of ${orderName}`, email));
  }
  return demo;
};

/** DynamoDB writes at most 25 rows in one batch. */
const BATCH = 25;

/** Writes users, tokens and orders to try the API with; every call makes new ones. */
export const createDemo = async (client: DynamoDBClient, tableName: string, now: Date): Promise<DemoData> => {
  const { rows, tokens, orders } = compose(now, (await hashPassword(DEMO_PASSWORD)).hashed);
  const documents = DynamoDBDocumentClient.from(client);
  for (let start = 0; start < rows.length; start += BATCH) {
    const batch = rows.slice(start, start + BATCH);
    await documents.send(
      new BatchWriteCommand({
        RequestItems: { [tableName]: batch.map((Item) => ({ PutRequest: { Item } })) },
      }),
    );
  }
  return { tokens: tokens as DemoData['tokens'], orders };
};
