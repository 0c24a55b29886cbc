import { beforeEach, expect, it, vi } from 'vitest';
import { rowOfClient } from '../../../../../functions/clients/clients.ts';
import { rowOfOrder } from '../../../../../functions/orders/order-row.ts';
import { handler } from '../../../../../functions/routes/orders/orders/update/handler.ts';
import { startMandrill } from '../../../../../infra/local/mandrill.ts';
import { startParameters } from '../../../../../infra/local/parameters.ts';
import { aSessionToken, deployed } from '../../../../support/echo-route.ts';
import { aContext, anEvent } from '../../../../support/events.ts';
import { anOrder } from '../../../../support/orders.ts';
import { Output } from '../../../../support/output.ts';
import { WiredTable } from '../../../../support/wired-table.ts';

/** What an update asks of DynamoDB, counted at the wire. */
const table = new WiredTable();
new Output();
const order = anOrder();
const [appointment] = order.appointments;

const update = async (token: string, params: Record<string, unknown>) => {
  const { order_id, updated_at } = order;
  const given = { token, order_id, updated_at, appointment: { appt_id: appointment?.appt_id }, ...params };
  return (await handler(anEvent({ params: given }), aContext())).statusCode;
};

/** A session whose last use is as long ago as is said, in days. */
const employee = async (unused: number): Promise<string> => {
  const held = { client_id: null, employee: true, liaison_for: null };
  const last_used_at = new Date(Date.now() - unused * 24 * 60 * 60 * 1_000).toISOString();
  const { token, row } = aSessionToken({ held, created_at: last_used_at, last_used_at });
  await table.put(row);
  return token;
};

beforeEach(async () => {
  const client = { client_id: order.client_id, user_id: 1, name: 'Ada', email: 'ada@example.com' };
  await table.put(rowOfOrder(order), rowOfClient(client), ...deployed('orders/update'));
  const mandrill = await startMandrill({ key: 'key' });
  const parameters = await startParameters({ key: 'key' });
  const environment = {
    AWS_ENDPOINT_URL_SSM: parameters.endpoint,
    MANDRILL_KEY_PARAMETER: 'key',
    MANDRILL_URL: mandrill.apiUrl,
    EMAIL_FROM: 'orders@example.com',
    EMAIL_FROM_NAME: 'Orders',
    MANDRILL_PATIENCE_MS: '5000',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  // The first request of a function reads besides what is deployed, in the same batch.
  expect(await update(await employee(0), { notes: order.notes })).toBe(200);
  table.wire.reset();
  return async () => {
    await mandrill.close();
    await parameters.close();
  };
});

it('An update costs one read and one write', async () => {
  expect(await update(await employee(0), { notes: 'New.' })).toBe(200);
  expect(table.wire.operations).toEqual(['BatchGetItem', 'TransactWriteItems']);
});

it('An update costs the same when the use of the session has to be recorded', async () => {
  expect(await update(await employee(1), { notes: 'New.' })).toBe(200);
  expect(table.wire.operations).toEqual(['BatchGetItem', 'TransactWriteItems']);
});

it('An update costs a read when nothing changes, or when it is refused', async () => {
  expect(await update(await employee(0), { notes: order.notes })).toBe(200);
  expect(await update(await employee(0), { updated_at: 'long ago' })).toBe(400);
  expect(table.wire.operations).toEqual(['BatchGetItem', 'BatchGetItem']);
});

it('A dry run costs a read, and another to see whether its e-mail would be sent or a reference is taken', async () => {
  const dry_run = true;
  const cancelled = { appt_id: appointment?.appt_id, cancel_reason: 'Rain' };
  expect(await update(await employee(1), { notes: 'New.', appointment: cancelled, dry_run })).toBe(200);
  expect(table.wire.operations).toEqual(['BatchGetItem', 'BatchGetItem']);
  expect(await update(await employee(1), { reference: 'PO-1', dry_run })).toBe(200);
  expect(table.wire.operations).toEqual(Array(4).fill('BatchGetItem'));
});

it('An update that sends an e-mail costs a read and a write more', async () => {
  const cancelled = { appt_id: appointment?.appt_id, cancel_reason: 'Rain' };
  expect(await update(await employee(0), { appointment: cancelled })).toBe(200);
  expect(table.wire.operations).toEqual(['BatchGetItem', 'TransactWriteItems', 'BatchGetItem', 'UpdateItem']);
});
