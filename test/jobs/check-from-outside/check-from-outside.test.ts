import { describe, expect, it } from 'vitest';
import {
  type CheckedOrder,
  checkFromOutside,
  type OrdersApi,
} from '../../../functions/jobs/check-from-outside/check-from-outside.ts';

/** An API with one order, of which the test says what it does otherwise than right. */
const anApi = (wrong: Partial<OrdersApi> = {}) => {
  const order: CheckedOrder = { updated_at: '2026-11-02T09:00:00.000Z', notes: '', request_id: 'r' };
  const asked: string[] = [];
  const right: OrdersApi = {
    show: async () => ({ ...order }),
    update: async (updated_at, notes) => {
      if (updated_at !== order.updated_at) return undefined;
      Object.assign(order, { updated_at: new Date(Date.parse(updated_at) + 1).toISOString(), notes });
      return { ...order };
    },
  };
  const api: OrdersApi = {
    show: (step) => {
      asked.push(step);
      return (wrong.show ?? right.show)(step);
    },
    update: (updated_at, notes) => {
      asked.push('orders/update');
      return (wrong.update ?? right.update)(updated_at, notes);
    },
  };
  return { api, right, order, asked };
};
const NOTES = 'of this check';

it('The check reads the order, changes its notes, and reads that', async () => {
  const { api, order, asked } = anApi();
  await checkFromOutside(api, NOTES);
  expect(order.notes).toBe(NOTES);
  expect(asked).toEqual(['orders/show', 'orders/update', 'orders/show after that']);
});

describe('another check at the same time', () => {
  it('The check changes the order from what it has become when another was faster', async () => {
    let faster = 2;
    const { api, right, order, asked } = anApi({
      update: async (updated_at, notes) => {
        if (faster-- > 0) await right.update(order.updated_at, 'of another');
        return right.update(updated_at, notes);
      },
    });
    await checkFromOutside(api, NOTES);
    expect(order.notes).toBe(NOTES);
    expect(asked.filter((step) => step === 'orders/update')).toHaveLength(3);
  });

  it('The check passes when another has changed the order right after it', async () => {
    const { api, right, order } = anApi({
      update: async (updated_at, notes) => {
        const changed = await right.update(updated_at, notes);
        await right.update(order.updated_at, 'of another');
        return changed;
      },
    });
    await checkFromOutside(api, NOTES);
    expect(order.notes).toBe('of another');
  });

  it('The check fails when the order is never as it was just shown', async () => {
    const { api } = anApi({ update: async () => undefined });
    await expect(checkFromOutside(api, NOTES)).rejects.toThrow('orders/update: stale each time');
  });
});

describe('an API that answers what is not so', () => {
  it('The check fails when the change is answered, and was not made', async () => {
    const { api, order } = anApi({
      update: async (_, notes) => ({ updated_at: '2026-11-02T09:00:01.000Z', notes, request_id: 'u' }),
    });
    await expect(checkFromOutside(api, NOTES)).rejects.toThrow(
      'orders/show after that: not the change (request r)',
    );
    expect(order.notes).toBe('');
  });

  it('The check fails when the order is shown as changed then, with other notes', async () => {
    const { api, right } = anApi({
      show: async (step) => ({
        ...(await right.show(step)),
        ...(step === 'orders/show after that' && { notes: 'of nobody' }),
      }),
    });
    await expect(checkFromOutside(api, NOTES)).rejects.toThrow('orders/show after that: not the change');
  });

  it('The check fails when the change is answered with other notes', async () => {
    const { api, right } = anApi({ update: (updated_at) => right.update(updated_at, 'of nobody') });
    await expect(checkFromOutside(api, NOTES)).rejects.toThrow('orders/update: other notes');
  });
});
