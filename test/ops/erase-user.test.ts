import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rowsOfClient } from '../../functions/clients/clients.ts';
import { accountCommands } from '../../ops/accounts.ts';
import { ERASED, erasedRow } from '../../ops/erased-rows.ts';
import { tableBehind, waitingEmail } from '../support/behind.ts';
import { TestStack } from '../support/local-stack.ts';
import { linkIn } from '../support/mailbox.ts';
import { runOps, tryOps, typed } from '../support/ops.ts';
import { aUser, savedUser } from '../support/users.ts';
import { WiredTable } from '../support/wired-table.ts';

/** Somebody who is taken out of everything. */
const PERSON = { user_id: 7, name: 'Tess Quill' };

describe('a row', () => {
  it('A name goes from what orders say of who did something, and from nowhere else', () => {
    const order = (by: string) => ({
      pk: 'ORDER#1',
      sk: 'ORDER',
      notes: 'Tess Quill',
      line_items: [{ name: 'Tess Quill', completed_by: by }, { completed_by: 'Tess Quillon' }],
      appointments: [{ cancelled_by: by, cancel_note: 'Tess Quill' }],
      sizes: new Set([1]),
    });
    expect(erasedRow(order('Tess Quill'), PERSON)).toEqual(order(ERASED));
  });

  it('A name goes from history, of its changes and of whoever made them, who is told by the id', () => {
    const entry = (name: string, by = name) => ({
      pk: 'ORDER#1',
      sk: 'HISTORY#1',
      by: { token: 'session', id: 7, name: by },
      changes: [
        { field: 'line_items[3].completed_by', before: null, after: name },
        { field: 'line_items[4]', before: null, after: { name: 'Tess Quill', completed_by: name } },
        { field: 'notes', before: null, after: 'Tess Quill' },
      ],
    });
    expect(erasedRow(entry('Tess Quill'), PERSON)).toEqual(entry(ERASED));
    expect(erasedRow(entry('Ada', 'T. Quill'), PERSON)).toEqual(entry('Ada', ERASED));
    const another = { ...entry('Ada'), by: { token: 'session', id: 8, name: 'Tess Quill' } };
    expect(erasedRow(another, PERSON)).toEqual(another);
    const program = { ...entry('Ada'), by: { token: 'application', id: 7, name: 'Tess Quill' } };
    expect(erasedRow(program, PERSON)).toEqual(program);
  });

  it('A name goes from the notification that its person has acknowledged', () => {
    const notification = { pk: 'NOTIFICATION', sk: 'x', acknowledged_by: 'Tess Quill' };
    expect(erasedRow(notification, PERSON)).toEqual({ ...notification, acknowledged_by: ERASED });
  });
});

describe('asking', () => {
  const db = new WiredTable();
  beforeEach(() => db.clear());
  it('Nobody is erased unless somebody at a terminal says yes, who is told the name', async () => {
    const { user } = await savedUser(db, { user: { name: 'Tess Quill' } });
    const unasked = 'Nothing was changed: there is no terminal here to ask on, "Shall Tess Quill be erased?"';
    for (const [input, said] of [
      [new PassThrough().end('yes\n'), unasked],
      [typed('no\n'), 'Nothing was changed.'],
      [typed(''), 'Nothing was changed.'],
    ] as const) {
      const { failure } = await tryOps(
        (get) => accountCommands(get, input),
        { documents: db.client, tableName: db.name },
        ...['users', 'erase', user.email],
      );
      expect(failure?.message).toBe(said);
    }
    expect(await db.rows('AUDIT#')).toEqual([]);
    const asking = await tryOps(
      (get) => accountCommands(get, typed('no\n')),
      { documents: db.client, tableName: db.name },
      ...['users', 'erase', user.email],
    );
    expect(asking.stderr).toContain('Shall Tess Quill be erased?');
  });
});

describe('a person', () => {
  let api: TestStack;
  beforeAll(async () => {
    api = await TestStack.start();
  });
  afterAll(() => api.stop());
  const erase = (name: string) =>
    runOps((get) => accountCommands(get, typed('yes\n')), api.target, 'users', 'erase', name);

  it('Of somebody who is erased nothing is left but ids, and orders can still be read and changed', async () => {
    const [email, password, name] = [
      'tess.quill.erased@example.org',
      'a long passphrase',
      'Tess Quill-Erased',
    ];
    const { session, data } = await api.postEncoded('users/register', { email, password, name });
    const token = session?.token ?? '';
    const user_id = data?.user.user_id ?? 0;
    await api.postEncoded('users/verify', { verification: linkIn(api, email).token });
    const details = { phone: '+43 1 5550199', company_name: 'Quill & Sons', address: 'Quill Street 1' };
    await api.post('users/client_register', { token, ...details });
    const made = await api.post('orders/create', {
      token,
      line_items: [{ name: 'Windows', quantity: 1 }],
      appointment: { scheduled_for: '2037-01-01T09:00:00.000Z' },
    });
    const order = made.data?.order;
    const change = (by: string, params: object, updated_at = order?.updated_at) =>
      api.post('orders/update', { token: by, order_id: order?.order_id, updated_at, ...params });
    const { appt_id } = order?.appointments[0] ?? {};
    const cancelled = await change(token, {
      appointment: { appt_id, cancel_reason: 'Rain' },
    });
    expect(cancelled.http).toBe(200);
    expect(JSON.stringify(await api.rowsStarting('ORDER#'))).toContain(name);

    const text = `Hello ${name}`;
    const ids = { client_id: order?.client_id ?? 0 };
    const waiting = await waitingEmail(tableBehind(api), 'parked', { ...ids, text, html: text });

    expect(await erase(String(user_id))).toContain(`User ${user_id} is erased`);

    const left = JSON.stringify(
      (await api.rowsStarting('')).filter(({ pk }) => !String(pk).startsWith('IDEMPOTENCY#')),
      (_, value) => (value instanceof Set ? [...value] : value),
    );
    for (const personal of [email, name, ...Object.values(details)]) expect(left).not.toContain(personal);
    const [email_row] = await api.rows(`EMAIL#${waiting.email_id}`);
    expect(email_row).toMatchObject({ state: 'discarded', client_id: order?.client_id });
    expect(email_row).not.toHaveProperty('html');
    expect(await api.rows(`USER#${user_id}`)).toEqual([]);
    expect((await api.get('sessions/show', token)).status).toBe('invalid-token');
    const { employee } = api.tokens;
    const shown = await api.get(`orders/show?order_id=${order?.order_id}`, employee);
    expect(shown.data?.order.appointments[0]?.cancelled_by).toBe(ERASED);
    const history = await api.get(`orders/history?order_id=${order?.order_id}`, employee);
    expect(history.data?.history.map(({ by }) => by)).toEqual(
      [1, 2].map(() => ({ token: 'session', id: user_id, name: ERASED })),
    );
    const items = [
      {
        line_item_id: order?.line_items[0]?.line_item_id,
        completed_quantity: 1,
        completed_date: '2026-11-20',
      },
    ];
    const completed = await change(
      employee,
      { appointment: { appt_id }, line_items: items },
      shown.data?.order.updated_at,
    );
    // Its e-mail is withheld: nobody is there to get it, and the team has nothing to do.
    expect(completed).toMatchObject({ http: 200, status: 'action-successful' });
    expect(await api.rows('NOTIFICATION')).toEqual([]);
    expect(
      (await api.get(`clients/show?client_id=${order?.client_id}`, employee)).data?.client,
    ).toMatchObject({
      name: ERASED,
      phone: null,
    });
    expect(await api.postEncoded('users/register', { email, password, name })).toMatchObject({ http: 200 });
  });

  it('An erasure that was interrupted goes on when it is typed again', async () => {
    const { email, user_id } = { email: 'half.erased@example.org', user_id: 4711 };
    const client = {
      client_id: 4712,
      user_id,
      name: 'Half Erased',
      email,
      created_at: '2026-10-01T00:00:00.000Z',
    };
    for (const row of rowsOfClient(client)) await api.put(row);
    const held = { client_id: 4712, employee: true, liaison_for: null };
    const { rows } = aUser({ user_id, email, name: 'Half Erased', held });
    for (const row of rows)
      await api.put('password' in row ? { ...row, blocked_at: '2026-11-01T00:00:00.000Z' } : row);
    expect(await erase(email)).toContain('is erased');
    const left = (await api.rowsStarting('')).filter((row) => row.user_id === user_id);
    expect(left.map(({ pk }) => pk)).toEqual(['CLIENT#4712']);
    await expect(erase(String(user_id))).rejects.toThrow('There is no user 4711');
  });
});
