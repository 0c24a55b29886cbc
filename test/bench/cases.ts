import { randomUUID } from 'node:crypto';
import type { Status } from '../../functions/contract/statuses.ts';
import { rowOfOrder } from '../../functions/orders/order-row.ts';
import { catalogue } from '../../functions/routes/catalogue.ts';
import { randomId } from '../../functions/table/ids.ts';
import { tableBehind, waitingEmail } from '../support/behind.ts';
import type { TestStack } from '../support/local-stack.ts';
import { aLineItem, anAppointment, anOrder } from '../support/orders.ts';
import { soundPosts } from '../support/posts.ts';
import { sizeOf } from './units.ts';

type Route = (typeof catalogue)[number];
type Get = Extract<Route, { method: 'GET' }>;

/** A request of a route, as a client sends it. */
export interface Sent {
  token?: string;
  query?: Record<string, string>;
  /** A `POST` is sent with an idempotency key of its own. */
  params?: Record<string, unknown>;
}

/** What is measured: a request of a route, of which each is another that was not done yet. */
export interface Case {
  /** The route's path, and what tells it from other cases of the route. */
  name: string;
  route: Route;
  make(api: TestStack): Promise<Sent>;
}

/** How a list of all is asked for, and what else is asked for by its id. */
const queries: Record<Get['path'], (api: TestStack) => Promise<Record<string, string>>> = {
  'clients/list': async () => ({}),
  'clients/show': async (api) => ({ client_id: String(api.order('plain_1').client_id) }),
  'deployments/list': async () => ({}),
  'emails/list': async () => ({}),
  'emails/show': async (api) => ({
    email_id: String((await waitingEmail(tableBehind(api), 'parked')).email_id),
  }),
  'notifications/list': async () => ({}),
  'orders/history': async (api) => ({ order_id: String(api.order('story').order_id) }),
  'orders/list': async () => ({}),
  'orders/show': async (api) => ({ order_id: String(api.order('plain_1').order_id) }),
  'orders/show_many': async (api) => ({
    order_ids: [1, 2, 3].map((number) => api.order(`plain_${number}`).order_id).join(),
  }),
  'sessions/list': async () => ({}),
  'sessions/show': async () => ({}),
};

const caseOf = (route: Route): Case => ({
  name: route.path,
  route,
  make: async (api) =>
    route.method === 'GET'
      ? { token: api.tokens.employee, query: await queries[route.path](api) }
      : { params: (await soundPosts[route.path](api)).params },
});

const routeOf = (path: Route['path']): Route => {
  const route = catalogue.find((each) => each.path === path);
  if (route === undefined) throw new Error(`there is no route ${path}`);
  return route;
};

/** The row of an order of 1 KB: of two line items, an appointment, and as many notes as there is room for. */
const rowOf1Kb = (notes: string) => {
  const items = ['Gutter cleaning', 'Window cleaning, all floors'].map((name) =>
    aLineItem({ line_item_id: randomId(), name, quantity: 12 }),
  );
  const order = anOrder({
    order_id: randomId(),
    client_id: randomId(),
    line_items: items,
    appointments: [anAppointment({ appt_id: randomId() })],
    notes: '',
  });
  const room = 1_000 - sizeOf(rowOfOrder(order));
  return rowOfOrder({ ...order, notes: notes.repeat(room).slice(0, room) });
};

/** A change of the notes of an order of 1 KB to others of the same length, and of nothing else. */
const notesOf1Kb = async (api: TestStack): Promise<Sent> => {
  const row = rowOf1Kb('Ring twice, the dog is friendly. ');
  await api.put(row);
  const { order_id, updated_at, notes, appointments } = row as ReturnType<typeof anOrder>;
  return {
    token: api.tokens.employee,
    params: {
      order_id,
      updated_at,
      notes: 'Use the side gate, it is never locked. '.repeat(notes.length).slice(0, notes.length),
      appointment: { appt_id: appointments[0]?.appt_id },
    },
  };
};

/** Every route once, and some ways to ask that cost otherwise. */
export const cases: readonly Case[] = [
  ...catalogue.map(caseOf),
  { name: 'orders/update (notes, 1 KB)', route: routeOf('orders/update'), make: notesOf1Kb },
  {
    name: 'orders/list (of a status)',
    route: routeOf('orders/list'),
    make: async (api) => ({ token: api.tokens.employee, query: { status: 'open' } }),
  },
  {
    name: 'orders/list (of a client)',
    route: routeOf('orders/list'),
    make: async (api) => ({ token: api.tokens.client }),
  },
];

/** What answers a request that was done; the second opens a session. */
const DONE: readonly Status[] = ['action-successful', 'client-required'];

/** Sends a request of a case. */
export const send = async (
  api: TestStack,
  { route }: Case,
  { token, query, params }: Sent,
): Promise<void> => {
  const path = `${route.path}?${new URLSearchParams(query)}`;
  const headers = { ...(token && { authorization: `Bearer ${token}` }), 'idempotency-key': randomUUID() };
  const { status } =
    route.method === 'GET'
      ? await api.send(path, { headers })
      : await (route.sensitive
          ? api.postEncoded(route.path, params, headers)
          : api.post(route.path, params, headers));
  if (!DONE.includes(status)) throw new Error(`${route.path} answers ${status}`);
};
