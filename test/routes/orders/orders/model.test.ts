import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Order } from '../../../../functions/orders/order.ts';
import { anyText } from '../../../support/any-text.ts';
import { type Answer, TestStack } from '../../../support/local-stack.ts';
import {
  ANY,
  type ChangeParams,
  expectedOf,
  type ItemChange,
  type ModelCaller,
  madeOrder,
} from '../../../support/order-model.ts';

/** All order routes, driven at random by several callers at once, against a model in memory. */
const COMMANDS = 1_000;

let api: TestStack;
let callers: ModelCaller[];
let clients: number[];
beforeAll(async () => {
  api = await TestStack.start();
  const [ada, max] = [api.order('plain_1').client_id, api.order('other').client_id];
  clients = [ada, max];
  const { client, other_client, liaison, employee, application } = api.tokens;
  const session = { kind: 'session', changesItems: false } as const;
  callers = [
    { ...session, name: 'Ada Brook', token: client, clients: [ada], own: ada },
    { ...session, name: 'Max Hill', token: other_client, clients: [max], own: max },
    { ...session, name: 'Lia Ferry', token: liaison, clients: [ada] },
    { ...session, name: 'Emil Stone', token: employee, clients: undefined, changesItems: true },
    { kind: 'application', name: 'Dispatch', token: application, clients: undefined, changesItems: true },
  ];
});
afterAll(() => api.stop());

/** What has become of an order: each state that it had, who made it so, and the e-mails about it. */
interface Known {
  states: Order[];
  by: ModelCaller[];
  mails: number;
}
type Model = { orders: Map<number, Known>; keyed: (() => Promise<void>)[]; commands: number };

const headOf = ({ states }: Known): Order => states.at(-1) as Order;
const codes = ({ errors = [] }: Answer) => errors.map(({ param, code }) => `${param} ${code}`).toSorted();
const query = (params: object) =>
  new URLSearchParams(
    Object.entries(given(params)).map(([name, value]) => [name, String(value)] as [string, string]),
  );
const sees = (caller: ModelCaller, { client_id }: Order) => caller.clients?.includes(client_id) ?? true;

/** A request in the making: `whose` and `which` choose among what there is when it is sent. */
interface Draft {
  whose: number;
  which: number;
  old: boolean;
  keyed: boolean;
  act: Act;
}
type Act =
  | { kind: 'create'; for: number; notes?: string; items: number[]; visit: boolean }
  | { kind: 'update'; notes?: string; items: ItemDraft[]; cancel: 'no' | 'yes' | 'note only'; appt: number }
  | { kind: 'appointment'; day: number; minutes?: number }
  | { kind: 'reschedule'; appt: number; day: number; minutes?: number }
  | { kind: 'show' | 'history' }
  | { kind: 'list'; status?: Order['status']; client?: number; since: boolean; limit: number }
  | { kind: 'again' };
interface ItemDraft {
  item: number;
  quantity?: number;
  completed_quantity?: number;
  completed_date?: string;
  completed_by?: string;
}

const small = fc.nat({ max: 6 });
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });
const notes = maybe(anyText({ maxLength: 8 }));
const minutes = maybe(fc.integer({ min: 1, max: 90 }));
const record = <Value>(kind: string, more: Record<string, fc.Arbitrary<unknown>> = {}) =>
  fc.record({ kind: fc.constant(kind), ...more }) as unknown as fc.Arbitrary<Value>;
const itemDrafts = fc.uniqueArray(
  fc.record({
    item: small,
    quantity: maybe(fc.integer({ min: 1, max: 4 })),
    completed_quantity: maybe(fc.nat({ max: 4 })),
    completed_date: maybe(fc.constantFrom('2026-10-31', '2026-11-01')),
    completed_by: maybe(fc.constant('Anna')),
  }),
  { maxLength: 3, selector: ({ item }) => item },
) as fc.Arbitrary<ItemDraft[]>;
const acts: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 3,
    arbitrary: record<Act>('create', {
      for: small,
      notes,
      items: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
      visit: fc.boolean(),
    }),
  },
  {
    weight: 9,
    arbitrary: record<Act>('update', {
      notes,
      items: itemDrafts,
      cancel: fc.constantFrom('no', 'no', 'yes', 'note only'),
      appt: small,
    }),
  },
  { weight: 2, arbitrary: record<Act>('appointment', { day: small, minutes }) },
  { weight: 2, arbitrary: record<Act>('reschedule', { appt: small, day: small, minutes }) },
  { weight: 1, arbitrary: record<Act>('show') },
  { weight: 1, arbitrary: record<Act>('history') },
  {
    weight: 1,
    arbitrary: record<Act>('list', {
      status: maybe(fc.constantFrom('open', 'in_progress', 'completed')),
      client: maybe(small),
      since: fc.boolean(),
      limit: fc.integer({ min: 1, max: 7 }),
    }),
  },
  { weight: 2, arbitrary: record<Act>('again') },
);
const drafts: fc.Arbitrary<Draft> = fc.record({
  whose: small,
  which: small,
  old: fc.nat({ max: 7 }).map((number) => number === 0),
  keyed: fc.boolean(),
  act: acts,
});

const chosen = <Value>(values: readonly Value[], index: number): Value | undefined =>
  values[index % values.length];
/** A day to come, or, the first of them, one that is past. */
const dayOf = (day: number) => `${day === 0 ? '1999' : '2999'}-01-0${day + 1}T09:00:00.000Z`;
/** What a parameter is left out of when it is undefined. */
const given = <Params extends object>(params: Params): Given<Params> => JSON.parse(JSON.stringify(params));
type Given<Params> = {
  [Name in keyof Params as undefined extends Params[Name] ? Name : never]?: Exclude<Params[Name], undefined>;
} & { [Name in keyof Params as undefined extends Params[Name] ? never : Name]: Params[Name] };

const post = (path: string, caller: ModelCaller, params: object, key: string | undefined) =>
  api.post(path, { token: caller.token, ...params }, key === undefined ? {} : { 'idempotency-key': key });

/** Checks an answer once all that were sent at the same time are there. */
type Check = () => Promise<void> | void;

/** Has the request sent again later, which must give the same. */
const remember = (model: Model, first: Answer, again: () => Promise<Answer>): void => {
  model.keyed.push(async () => {
    const { http, status, data, headers } = await again();
    expect({ http, status, data }).toEqual({ http: first.http, status: first.status, data: first.data });
    expect(headers.get('idempotent-replayed')).toBe('true');
  });
};

const create = async (
  model: Model,
  caller: ModelCaller,
  act: Act & { kind: 'create' },
  key?: string,
): Promise<Check> => {
  const client_id = [undefined, ...clients, 7][act.for % 4];
  const params = given({
    client_id,
    notes: act.notes,
    line_items: act.items.map((quantity, index) => ({ name: `Item ${index}`, quantity })),
    ...(act.visit && { appointment: { scheduled_for: dayOf(1), duration_minutes: 30 } }),
  });
  const send = () => post('orders/create', caller, params, key);
  const answer = await send();
  return () => {
    const target = client_id ?? caller.own;
    if (target === undefined) return expect(codes(answer)).toEqual(['client_id missing']);
    const may = clients.includes(target) && (caller.clients?.includes(target) ?? true);
    if (!may) return expect(codes(answer)).toEqual(['client_id not-found']);
    expect(answer.data?.order).toEqual(madeOrder(target, params));
    const order = answer.data?.order as Order;
    model.orders.set(order.order_id, { states: [order], by: [caller], mails: 1 });
    if (key !== undefined) remember(model, answer, send);
  };
};

const itemChanges = ({ line_items }: Order, drafted: readonly ItemDraft[]): ItemChange[] =>
  drafted.map(({ item, ...drawn }) => {
    const found = line_items[item];
    const values = given(drawn);
    return found
      ? { line_item_id: found.line_item_id, ...values }
      : { name: 'Added', quantity: 2, ...values };
  });

const changeParams = (order: Order, act: Act): { path: string; params: ChangeParams } => {
  const { order_id, updated_at } = order;
  const appt_id = chosen(order.appointments, 'appt' in act ? act.appt : 0)?.appt_id ?? 7;
  const about = { order_id, updated_at };
  if (act.kind === 'update') {
    const appointment = {
      appt_id,
      cancel_reason: act.cancel === 'yes' ? 'Rain' : undefined,
      cancel_note: act.cancel === 'no' ? undefined : 'Wet.',
    };
    const line_items = itemChanges(order, act.items);
    return {
      path: 'orders/update',
      params: given({ ...about, notes: act.notes, line_items, appointment }) as ChangeParams,
    };
  }
  const { day = 0, minutes: duration_minutes } = act as Act & { kind: 'reschedule' };
  const time = given({ scheduled_for: dayOf(day), duration_minutes });
  return act.kind === 'reschedule'
    ? { path: 'appointments/reschedule', params: { ...about, appt_id, ...time } }
    : { path: 'appointments/create', params: { ...about, ...time } };
};

const change = async (
  model: Model,
  caller: ModelCaller,
  { act, old }: Draft,
  known: Known,
  key?: string,
): Promise<Check> => {
  const head = headOf(known);
  const seen = old ? (known.states[0] as Order) : head;
  const { path, params } = changeParams(head, act);
  const sent = { ...params, updated_at: seen.updated_at };
  const send = () => post(path, caller, sent, key);
  const answer = await send();
  const now = answer.data?.order;
  if (answer.http === 200 && now && now.updated_at !== seen.updated_at) {
    known.states.push(now);
    known.by.push(caller);
  }
  return () => {
    if (answer.http === 200 && key !== undefined) remember(model, answer, send);
    const isStale = codes(answer).includes('updated_at stale');
    const expected = expectedOf(head, params, caller, isStale);
    if ('faults' in expected) {
      expect(codes(answer)).toEqual(expected.faults.toSorted());
      // Stale is only what something else has overtaken, at the same time perhaps; the answer has a later state.
      if (isStale && seen === head) expect(headOf(known)).not.toBe(head);
      if (isStale) expect([head.updated_at, headOf(known).updated_at]).toContain(now?.updated_at);
      return;
    }
    expect({ seen: seen.updated_at, status: answer.status }).toEqual({
      seen: head.updated_at,
      status: 'action-successful',
    });
    if (JSON.stringify(expected.order) === JSON.stringify(head)) return expect(now).toEqual(head);
    expect(now).toEqual({ ...expected.order, updated_at: ANY });
    expect(Date.parse(now?.updated_at ?? '')).toBeGreaterThan(Date.parse(head.updated_at));
    // Nothing else has changed what this was based on.
    expect(headOf(known)).toBe(now);
    known.mails += expected.mail ? 1 : 0;
  };
};

/** All pages of a list, put together. */
const pages = async <Item>(
  path: string,
  name: 'orders' | 'history',
  caller: ModelCaller,
  params: object,
): Promise<Item[]> => {
  const items: Item[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const answer = await api.get(`${path}?${query({ ...params, cursor })}`, caller.token);
    expect(answer).toMatchObject({ http: 200 });
    const data = answer.data as unknown as Record<string, Item[]> & { next_cursor: string | null };
    items.push(...(data[name] ?? []));
    expect(data.next_cursor).not.toBe(cursor);
    cursor = data.next_cursor;
  }
  return items;
};

const show = async (caller: ModelCaller, known: Known): Promise<Check> => {
  const head = headOf(known);
  const answer = await api.get(`orders/show?order_id=${head.order_id}`, caller.token);
  return () => {
    if (!sees(caller, head)) return expect(codes(answer)).toEqual(['order_id not-found']);
    expect([head, headOf(known)]).toContainEqual(answer.data?.order);
  };
};

interface Entry {
  at: string;
  by: { token: string; name: string };
  changes: { field: string; before: unknown; after: unknown }[];
}

/** The value of an order's field as histories call it; null if there is none. */
const valueAt = (order: Order | undefined, field: string): unknown => {
  const [, list, id, name] = /^(line_items|appointments)\[(\d+)\](?:\.(.+))?$/.exec(field) ?? [];
  if (list === undefined) return (order as Record<string, unknown> | undefined)?.[field] ?? null;
  const elements: object[] = order?.[list as 'line_items' | 'appointments'] ?? [];
  const element = elements.find((each) => Object.values(each)[0] === Number(id)) as Record<string, unknown>;
  return (name === undefined ? element : element?.[name]) ?? null;
};

const history = async (caller: ModelCaller, known: Known): Promise<Check> => {
  const head = headOf(known);
  const before = known.states.length;
  if (!sees(caller, head)) return () => undefined;
  const params = { order_id: head.order_id, limit: 3 };
  const entries = await pages<Entry>('orders/history', 'history', caller, params);
  return () => {
    expect(entries.length).toBeGreaterThanOrEqual(before);
    const { states, by } = known;
    const told = entries.map((entry) => ({ at: entry.at, token: entry.by.token, name: entry.by.name }));
    const true_ = states.map(({ updated_at: at }, index) => ({
      at,
      token: by[index]?.kind,
      name: by[index]?.name,
    }));
    expect(told).toEqual(true_.slice(0, entries.length));
    for (const [index, { changes }] of entries.entries()) {
      const [was, is] = [states[index - 1], states[index]];
      for (const { field, before: told_before, after } of changes) {
        expect({ field, value: after }).toEqual({ field, value: valueAt(is, field) });
        // What it was when the order was made is nobody's to see.
        if (was) expect({ field, value: told_before }).toEqual({ field, value: valueAt(was, field) });
      }
    }
  };
};

const list = async (
  model: Model,
  caller: ModelCaller,
  act: Act & { kind: 'list' },
  start: string,
): Promise<Check> => {
  const client_id = act.client === undefined ? undefined : chosen(clients, act.client);
  if (client_id !== undefined && caller.clients?.includes(client_id) === false) return () => undefined;
  const before = new Map([...model.orders].map(([id, known]) => [id, headOf(known)]));
  const updated_since = act.since ? ([...before.values()][0]?.updated_at ?? start) : start;
  const params = { client_id, status: act.status, updated_since, limit: act.limit };
  const found = await pages<Order>('orders/list', 'orders', caller, params);
  return () => {
    const fits = (order: Order) =>
      sees(caller, order) &&
      (client_id ?? order.client_id) === order.client_id &&
      (act.status ?? order.status) === order.status &&
      order.updated_at >= updated_since;
    expect(found.every(fits)).toBe(true);
    // What did not change meanwhile is there once, and in its place.
    const steady = [...before.values()].filter(
      (order) => headOf(model.orders.get(order.order_id) as Known) === order,
    );
    const ids = new Set(steady.map(({ order_id }) => order_id));
    const newestFirst = (one: Order, other: Order) =>
      other.updated_at.localeCompare(one.updated_at) || other.order_id - one.order_id;
    expect(found.filter(({ order_id }) => ids.has(order_id))).toEqual(
      steady.filter(fits).toSorted(newestFirst),
    );
  };
};

const send = async (model: Model, draft: Draft, start: string): Promise<Check> => {
  const caller = chosen(callers, draft.whose) as ModelCaller;
  const key = draft.keyed ? randomUUID() : undefined;
  const { act } = draft;
  if (act.kind === 'create') return create(model, caller, act, key);
  if (act.kind === 'list') return list(model, caller, act, start);
  if (act.kind === 'again') {
    await chosen(model.keyed, draft.which)?.();
    return () => undefined;
  }
  const known = chosen([...model.orders.values()], draft.which);
  if (known === undefined) return () => undefined;
  if (act.kind === 'show') return show(caller, known);
  if (act.kind === 'history') return history(caller, known);
  return change(model, caller, draft, known, key);
};

/** Requests that several callers send at once. */
class Together implements fc.AsyncCommand<Model, string> {
  readonly drafts: readonly Draft[];

  constructor(drafts: readonly Draft[]) {
    this.drafts = drafts;
  }

  check(): boolean {
    return true;
  }

  async run(model: Model, start: string): Promise<void> {
    model.commands += this.drafts.length;
    const checks = await Promise.all(this.drafts.map((draft) => send(model, draft, start)));
    for (const check of checks) await check();
  }

  toString(): string {
    return JSON.stringify(this.drafts);
  }
}

const together = fc.array(drafts, { minLength: 1, maxLength: 4 }).map((requests) => new Together(requests));

/** Checks that the orders are in the end what the model says, with their histories and e-mails. */
const checkInTheEnd = async ({ orders }: Model): Promise<void> => {
  const employee = callers[3] as ModelCaller;
  for (const [order_id, known] of orders) {
    await (await show(employee, known))();
    await (await history(employee, known))();
    const mails = api.stack.messages().filter(({ metadata }) => metadata?.order_id === order_id);
    expect(mails).toHaveLength(known.mails);
  }
};

it(`The order routes answer ${COMMANDS} requests as the model does, several at once, and end where it ends`, {
  timeout: 300_000,
}, async () => {
  for (let commands = 0; commands < COMMANDS; ) {
    const property = fc.asyncProperty(
      fc.commands([together], { maxCommands: 100, size: 'max' }),
      async (sequence) => {
        const model: Model = { orders: new Map(), keyed: [], commands: 0 };
        const start = new Date().toISOString();
        await fc.asyncModelRun(() => ({ model, real: start }), sequence);
        await checkInTheEnd(model);
        commands += model.commands;
      },
    );
    await fc.assert(property, { numRuns: 1, endOnFailure: true });
  }
});
