import { randomUUID } from 'node:crypto';
import type { Order } from '../../functions/orders/order.ts';
import type { catalogue } from '../../functions/routes/catalogue.ts';
import { occur, tableBehind, waitingEmail } from './behind.ts';
import type { TestStack } from './local-stack.ts';
import { linkIn, mailTo } from './mailbox.ts';

type Post = Extract<(typeof catalogue)[number], { method: 'POST' }>;

/** A request of a route that does something, of which it can be seen how often it was done. */
export interface SoundPost {
  /** Its parameters, the token included. */
  params: Record<string, unknown>;
  /** Other parameters. */
  others: Record<string, unknown>;
  /** How often it has been done. */
  effects(): Promise<number>;
}

const PASSWORD = 'a good password';

/** Registers somebody new. */
const newcomer = async (api: TestStack) => {
  const email = `${randomUUID()}@example.org`;
  const { session, data } = await api.postEncoded('users/register', {
    email,
    password: PASSWORD,
    name: 'Nu',
  });
  return { email, token: session?.token ?? '', user_id: data?.user.user_id ?? 0 };
};

const sessionsOf = async (api: TestStack, user_id: number): Promise<number> =>
  (await api.rows(`USER#${user_id}`)).filter(({ sk }) => String(sk).startsWith('SESSION#')).length;

const historyOf = async (api: TestStack, order_id: number): Promise<number> =>
  (await api.rows(`ORDER#${order_id}`)).filter(({ sk }) => String(sk).startsWith('HISTORY#')).length;

/** Makes an order with an appointment, for the demo client. */
export const newOrder = async (api: TestStack): Promise<Order> => {
  const { data } = await api.post('orders/create', {
    token: api.tokens.client,
    reference: randomUUID(),
    line_items: [{ name: 'Hedge', quantity: 1 }],
    appointment: { scheduled_for: '2999-04-01T09:00:00Z' },
  });
  if (data === undefined) throw new Error('no order was made');
  return data.order;
};

/** A change of an order that sends an e-mail. */
const change = async (
  api: TestStack,
  more: (appt_id: number) => Record<string, unknown>,
): Promise<SoundPost> => {
  const { order_id, updated_at, appointments } = await newOrder(api);
  const appt_id = appointments.map((each) => each.appt_id)[0] ?? 0;
  const params = { token: api.tokens.client, order_id, updated_at, ...more(appt_id) };
  return {
    params,
    others: { ...params, order_id: order_id + 1 },
    effects: async () => {
      // The making of the order is not counted.
      const changes = (await historyOf(api, order_id)) - 1;
      const about = api.stack.messages().filter(({ metadata }) => metadata?.order_id === order_id);
      if (changes !== about.length - 1) throw new Error(`${changes} changes, ${about.length} e-mails`);
      return changes;
    },
  };
};

/** A decision on a parked e-mail. */
const decision = async (api: TestStack, state: string): Promise<SoundPost> => {
  const { email_id } = await waitingEmail(tableBehind(api), 'parked');
  const params = { token: api.tokens.employee, email_id };
  const seen = new Set<unknown>();
  return {
    params,
    others: { ...params, email_id: email_id + 1 },
    effects: async () => {
      // Each time that it is done, it notes when.
      const [row] = await api.rows(`EMAIL#${email_id}`);
      if (row?.state === state) seen.add(row.tried_since ?? row.discarded_at);
      return seen.size;
    },
  };
};

/** How often somebody was told that the password was changed. */
const changedMailTo = (api: TestStack, email: string): number =>
  mailTo(api, email).filter(({ subject }) => subject === 'Your password was changed').length;

const later = '2999-05-01T09:00:00Z';

/** A sound request of each route that does something. Each call makes another one, which was not done yet. */
export const soundPosts: Record<Post['path'], (api: TestStack) => Promise<SoundPost>> = {
  'orders/create': async (api) => {
    const notes = randomUUID();
    const params = { token: api.tokens.client, notes, line_items: [{ name: 'Hedge', quantity: 1 }] };
    return {
      params,
      others: { ...params, notes: 'Other.' },
      effects: async () => (await api.rowsStarting('ORDER#')).filter((row) => row.notes === notes).length,
    };
  },
  'orders/update': async (api) =>
    change(api, (appt_id) => ({
      reference: randomUUID(),
      appointment: { appt_id, cancel_reason: 'Rain' },
    })),
  'appointments/create': async (api) => change(api, () => ({ scheduled_for: later })),
  'appointments/reschedule': async (api) => change(api, (appt_id) => ({ appt_id, scheduled_for: later })),
  'users/register': async (api) => {
    const params = { email: `${randomUUID()}@example.org`, password: PASSWORD, name: 'Nu' };
    return {
      params,
      others: { ...params, name: 'Nova' },
      effects: async () => {
        const users = (await api.rowsStarting('USER#')).filter(({ email }) => email === params.email);
        const sessions = users.map(({ user_id }) => sessionsOf(api, Number(user_id)));
        return (await Promise.all(sessions)).reduce((sum, count) => sum + count, 0);
      },
    };
  },
  'users/verify': async (api) => {
    const { email, user_id, token } = await newcomer(api);
    await api.post('users/client_register', { token });
    const { token: verification } = linkIn(api, email);
    return {
      params: { verification },
      others: { verification, more: 1 },
      effects: async () => {
        const rows = await api.rows(`USER#${user_id}`);
        return rows.some((row) => row.email_verified === true) ? 1 : 0;
      },
    };
  },
  'users/send_verification': async (api) => {
    const { email, token } = await newcomer(api);
    return {
      params: { token },
      others: { token, more: 1 },
      effects: async () => mailTo(api, email).length - 1,
    };
  },
  'users/request_password_reset': async (api) => {
    const { email, user_id } = await newcomer(api);
    return {
      params: { email },
      others: { email, more: 1 },
      effects: async () =>
        (await api.rowsStarting('EMAIL#')).filter(
          (row) => row.user_id === user_id && row.kind === 'reset-password',
        ).length,
    };
  },
  'users/reset_password': async (api) => {
    const { email, token } = await newcomer(api);
    await api.post('users/client_register', { token });
    await api.postEncoded('users/request_password_reset', { email });
    await api.stack.runSchedules();
    const params = { reset: linkIn(api, email).token, password: 'another good one' };
    return { params, others: { ...params, more: 1 }, effects: async () => changedMailTo(api, email) };
  },
  'users/change_password': async (api) => {
    const { email, token } = await newcomer(api);
    await api.postEncoded('users/verify', { verification: linkIn(api, email).token });
    await api.postEncoded('sessions/create', { email, password: PASSWORD });
    const params = { token, current_password: PASSWORD, password: 'another good one' };
    return {
      params,
      others: { ...params, password: 'yet another good one' },
      effects: async () => changedMailTo(api, email),
    };
  },
  'users/client_register': async (api) => {
    const { token, user_id, email } = await newcomer(api);
    await api.postEncoded('users/verify', { verification: linkIn(api, email).token });
    return {
      params: { token, phone: '1' },
      others: { token, phone: '2' },
      effects: async () => {
        const clients = (await api.rowsStarting('CLIENT#')).filter((row) => row.user_id === user_id).length;
        // That of registering is not counted.
        const mails = mailTo(api, email).length - 1;
        if (clients !== mails) throw new Error(`${clients} clients and ${mails} e-mails`);
        return clients;
      },
    };
  },
  'sessions/create': async (api) => {
    const { email, user_id } = await newcomer(api);
    return {
      params: { email, password: PASSWORD },
      others: { email, password: PASSWORD, remember_me: true },
      effects: async () => (await sessionsOf(api, user_id)) - 1,
    };
  },
  'clients/update': async (api) => {
    const { client_id } = api.freshOrder();
    const phone = randomUUID();
    const params = { token: api.tokens.employee, client_id, phone };
    return {
      params,
      others: { ...params, company_name: 'Others' },
      effects: async () =>
        (await api.rows(`CLIENT#${client_id}`)).filter((row) => row.phone === phone).length,
    };
  },
  'notifications/acknowledge': async (api) => {
    const { cause } = await occur(tableBehind(api));
    const find = async () => (await api.rows('NOTIFICATION')).find((row) => row.cause === cause);
    const params = { token: api.tokens.employee, notification_id: (await find())?.notification_id };
    return {
      params,
      others: { ...params, notification_id: 1 },
      effects: async () => ((await find())?.state === 'acknowledged' ? 1 : 0),
    };
  },
  'emails/resend': (api) => decision(api, 'unsent'),
  'emails/discard': (api) => decision(api, 'discarded'),
  'sessions/destroy_others': async (api) => {
    const { email, token } = await newcomer(api);
    const { session } = await api.postEncoded('sessions/create', { email, password: PASSWORD });
    return {
      params: { token },
      others: { token, more: 1 },
      effects: async () => ((await api.get('sessions/show', session?.token ?? '')).http === 401 ? 1 : 0),
    };
  },
  'sessions/destroy': async (api) => {
    const { token, user_id } = await newcomer(api);
    return {
      params: { token },
      others: { token, more: 1 },
      effects: async () => 1 - (await sessionsOf(api, user_id)),
    };
  },
};
