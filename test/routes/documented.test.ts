import { describe, expect, it } from 'vitest';
import type { Caller } from '../../functions/accounts/caller.ts';
import { DAY_MS } from '../../functions/contract/days.ts';
import { readParams } from '../../functions/contract/read-params.ts';
import { makeAppointment, reschedule } from '../../functions/orders/appointments.ts';
import type { Order } from '../../functions/orders/order.ts';
import { makeOrder } from '../../functions/orders/order-creation.ts';
import { applyUpdate, judgeChanges, judgeUpdate } from '../../functions/orders/order-update.ts';
import { viewOfHistoryEntry, viewOfOrder } from '../../functions/orders/order-view.ts';
import { catalogue } from '../../functions/routes/catalogue.ts';
import { documented, documentedRoutes } from '../../functions/routes/documented.ts';
import { EXAMPLE_NOW, madeOrder, updatedOrder } from '../../functions/routes/example-docs.ts';

const SENTENCES = /^[A-Z`].*[.]$/s;

it('The routes that are documented are those of the catalogue, in its order', () => {
  expect(documentedRoutes.map(({ route }) => route)).toEqual([...catalogue]);
});

describe.each(documentedRoutes)('the prose of $route.path', ({ route, docs }) => {
  it(`The prose of ${route.path} is whole sentences`, () => {
    expect(docs.purpose).not.toEqual([]);
    const refusals = docs.refusals.map(({ when }) => when);
    for (const text of [...docs.purpose, ...Object.values(docs.params), ...refusals]) {
      expect(text).toMatch(SENTENCES);
    }
  });

  it(`The prose of ${route.path} has an example that the route takes, and one that it can answer`, () => {
    expect(readParams(route.params, docs.request as Record<string, unknown>).faults).toEqual([]);
    expect(route.data.parse(docs.answer)).toEqual(docs.answer);
  });

  it(`The example of ${route.path} has no appointment that is past, or soon will be`, () => {
    const { scheduled_for, appointment } = docs.request as Record<string, { scheduled_for?: string }>;
    const time = String(scheduled_for ?? appointment?.scheduled_for ?? '9999');
    expect(Date.parse(time)).toBeGreaterThan(Date.now() + 5 * 365 * DAY_MS);
  });

  it(`The prose of ${route.path} names a parameter and a code wherever a refusal is about one`, () => {
    const names = new Set(['token', ...Object.keys(docs.params)]);
    for (const { status, param, code } of docs.refusals) {
      const isAboutOne = status === 'invalid-param' || status === 'missing-param';
      expect(param !== undefined && code !== undefined).toBe(isAboutOne);
      if (param !== undefined) expect(names).toContain(param);
    }
  });
});

describe('the examples of orders', () => {
  const robin: Caller = { kind: 'application', id: 5550002, name: 'Robin Field', scopes: [] };
  const contextAt = (time: string, newId: number) => ({
    caller: robin,
    now: new Date(time),
    newId: () => newId,
  });
  const paramsOf = <Path extends keyof typeof documented>(path: Path) => {
    const { route, docs } = documented[path];
    return route.params.parse(docs.request) as never;
  };

  it('The examples of orders make the order that is answered', () => {
    const ids = [madeOrder.order_id, 5550101, 5550201];
    const context = { ...contextAt(madeOrder.created_at, 0), newId: () => ids.shift() ?? 0 };
    const { order, history } = makeOrder(paramsOf('orders/create'), madeOrder.client_id, context);
    expect(order).toEqual(documented['orders/create'].docs.answer.order);
    const [first] = documented['orders/history'].docs.answer.history;
    expect(viewOfHistoryEntry(history).changes).toEqual(first?.changes);
  });

  it('The examples of orders update it as is answered', () => {
    const params = paramsOf('orders/update') as Parameters<typeof applyUpdate>[1];
    const now = new Date(EXAMPLE_NOW);
    expect([...judgeChanges(params, robin, now), ...judgeUpdate(madeOrder, params, robin)]).toEqual([]);
    const update = applyUpdate(madeOrder, params, contextAt(EXAMPLE_NOW, 0));
    expect(update?.after).toEqual(documented['orders/update'].docs.answer.order);
    const [, second] = documented['orders/history'].docs.answer.history;
    expect(update && viewOfHistoryEntry(update.history).changes).toEqual(second?.changes);
  });

  it.each([
    ['appointments/create', makeAppointment, updatedOrder, '2037-11-23T10:05:00.000Z'],
    ['appointments/reschedule', reschedule, madeOrder, '2037-11-20T09:15:27.123Z'],
  ] as const)('The examples of %s do what is answered', (path, apply, before, at) => {
    const change = (apply as (order: Order, params: never, context: unknown) => { after: Order } | undefined)(
      before,
      paramsOf(path),
      contextAt(at, 5550202),
    );
    expect(change && viewOfOrder(change.after)).toEqual(documented[path].docs.answer.order);
  });
});
