import { beforeEach, describe, expect, it } from 'vitest';
import { tellOfFaults } from '../../functions/notifications/fault-notifications.ts';
import { rowOfOrder } from '../../functions/orders/order-row.ts';
import { findOrder } from '../../functions/orders/order-store.ts';
import { rowCommands } from '../../ops/rows.ts';
import { tryOps } from '../support/ops.ts';
import { anOrder } from '../support/orders.ts';
import { NOW } from '../support/sessions.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();
const order = anOrder();
const poison = { ...rowOfOrder(order), status: 7, notes: 'for erin' };
beforeEach(async () => {
  await db.clear();
  await db.put(poison);
});

const ops = async (...words: string[]): Promise<string> => {
  const target = { documents: db.client, tableName: db.name };
  const { printed, failure } = await tryOps(rowCommands, target, 'rows', ...words);
  return printed + (failure?.message ?? '');
};
/** Has a reader meet the row, and tell of it. */
const meet = async () => {
  const table = db.open();
  const fault = await findOrder(table, order.order_id).catch((error: unknown) => error);
  await tellOfFaults(table, { where: 'orders/show', request_id: 'request-1' }, [fault], NOW, 10_000);
};
const stored = () => db.row({ pk: 'ORDER#1', sk: 'ORDER' });

it('The command rows list names the rows that somebody has met, and says when there are none', async () => {
  expect(await ops('list')).toBe('Nobody has met a row that cannot be read.\n');
  await meet();
  await meet();
  const [, line, ...others] = (await ops('list')).trimEnd().split('\n');
  expect(line).toMatch(/^ORDER#1 ORDER +cannot be read +ORDER ORDER: status +2026-/);
  expect(others).toEqual([]);
  await db.put({ ...poison, status: 'open' });
  expect(await ops('list')).toContain('can be read now');
});

it('The command rows show has the row and what is wrong with it, or that it can be read', async () => {
  const printed = await ops('show', 'ORDER#1', 'ORDER');
  expect(printed).toContain('"status": 7');
  expect(printed).toContain('It cannot be read:\n  status: ');
  await db.put({ ...poison, status: 'open' });
  expect(await ops('show', 'ORDER#1', 'ORDER')).toContain('It can be read.');
  expect(await ops('show', 'ORDER#2', 'ORDER')).toBe('There is no row ORDER#2 ORDER.');
  await db.put({ pk: 'SHIFT#1', sk: 'SHIFT' });
  expect(await ops('show', 'SHIFT#1', 'SHIFT')).toContain('This release knows no row of that kind.');
});

describe('rows repair', () => {
  const repair = (...how: string[]) => ops('repair', 'ORDER#1', 'ORDER', ...how);

  it('The command rows repair puts and removes values anywhere in a row, of which nobody is told any more', async () => {
    await meet();
    await db.put({ ...poison, line_items: [{ ...order.line_items[0], quantity: 'many', odd: 1 }] });
    const printed = await repair(
      ...['--set', 'status="open"', '--set', 'line_items[0].quantity=3', '--remove', 'line_items[0].odd'],
    );
    expect(printed).toBe('The row ORDER#1 ORDER can be read.\n');
    expect(await stored()).toEqual({
      ...poison,
      status: 'open',
      line_items: [{ ...order.line_items[0], quantity: 3 }],
    });
    expect(await ops('list')).toBe('Nobody has met a row that cannot be read.\n');
  });

  it('The command rows repair writes nothing while the row cannot be read with it, and says why', async () => {
    const printed = await repair('--set', 'notes="x"');
    expect(printed).toContain(
      'cannot be read with these changes either, so nothing was written:\n  status: ',
    );
    expect(await repair()).toContain('cannot be read:\n  status: ');
    expect(await stored()).toEqual(poison);
  });

  it('The command rows repair takes an element of a list by a place that it has, and nothing else', async () => {
    const items = [order.line_items[0], { ...order.line_items[0], line_item_id: 12, name: 7 }];
    await db.put({ ...poison, status: 'open', line_items: items });
    for (const path of ['line_items.name', 'line_items[x]', 'line_items[-1]', 'line_items[2]']) {
      expect(await repair('--remove', path)).toContain(`There is nothing at line_items.`);
      expect(await repair('--set', `${path}=1`)).toContain('There is nothing at line_items.');
    }
    expect(await repair('--remove', 'nothing')).toContain('There is nothing at nothing');
    expect(await stored()).toMatchObject({ line_items: items });
    expect(await repair('--set', 'line_items[1].name="Doors"')).toContain('can be read');
    expect(await stored()).toMatchObject({ line_items: [items[0], { line_item_id: 12, name: 'Doors' }] });
  });

  it('The command rows repair puts an order into the lists in which it belongs by then', async () => {
    const placing = {
      client_list: 'CLIENT#9#open',
      listed_at: 'long ago',
      shared_list: 'ORDERS#0#completed',
    };
    await db.put({ ...poison, ...placing, status: 'open', client_id: 'nobody' });
    expect(await repair('--set', 'client_id=5')).toContain('can be read');
    const sound = rowOfOrder({ ...order, notes: 'for erin' });
    expect(await stored()).toEqual(sound);
    await db.put({ ...sound, client_list: 'CLIENT#9#open' });
    expect(await repair()).toContain('can be read');
    expect(await stored()).toEqual(sound);
  });

  it('The command rows repair refuses an id that is not that of the row’s key', async () => {
    expect(await repair('--set', 'status="open"', '--set', 'order_id=5')).toContain(
      'its ids are those of the row ORDER#5 ORDER',
    );
    expect(await stored()).toEqual(poison);
  });

  it.each(['odd=1e400', 'odd=1e200'])(
    'The command rows repair says that %s cannot be stored',
    async (setting) => {
      expect(await repair('--set', 'status="open"', '--set', setting)).toContain('That cannot be stored');
      expect(await stored()).toEqual(poison);
    },
  );

  it('The command rows repair leaves a row alone that changes meanwhile', async () => {
    db.wire.fail(
      'UpdateItem',
      async ({ input }, forward) => {
        await db.put({ ...poison, status: 8 });
        return forward(input);
      },
      1,
    );
    expect(await repair('--set', 'status="open"')).toContain('has changed meanwhile');
    expect(await stored()).toMatchObject({ status: 8 });
  });

  it('The command rows repair deletes a row that is past repair, also one of a kind that is not known', async () => {
    expect(await repair('--delete')).toBe('The row ORDER#1 ORDER is deleted.\n');
    expect(await stored()).toBeUndefined();
    await db.put({ pk: 'SHIFT#1', sk: 'SHIFT' });
    expect(await ops('repair', 'SHIFT#1', 'SHIFT', '--delete')).toContain('is deleted');
  });

  it.each([
    ['status', 'such as status='],
    ['status=open', 'must be JSON'],
    ['pk="x"', 'A row keeps its key'],
    ['a.b.c=1', 'There is nothing at a.b'],
  ])('The command rows repair refuses --set %s', async (setting, why) => {
    expect(await repair('--set', setting)).toContain(why);
    expect(await stored()).toEqual(poison);
  });
});
