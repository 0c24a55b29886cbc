import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { REGISTRATION_LIMIT } from '../../../../functions/accounts/attempt-limits.ts';
import { attemptsKey } from '../../../../functions/accounts/attempts.ts';
import type { Session } from '../../../../functions/accounts/session.ts';
import { tokenKey } from '../../../../functions/accounts/tokens.ts';
import { TestStack } from '../../../support/local-stack.ts';
import { linkIn } from '../../../support/mailbox.ts';
import { daysAgo, NO_ROLE } from '../../../support/sessions.ts';
import { aSessionOf } from '../../../support/users.ts';

let api: TestStack;
beforeAll(async () => {
  api = await TestStack.start();
});
afterAll(() => api.stop());

const tess = { email: 'tess@example.com', password: 'correct horse', name: 'Tess' };

it('Registering takes somebody to a session, the role of a client, and out again', async () => {
  const registered = await api.postEncoded('users/register', tess);
  expect(registered).toMatchObject({
    http: 200,
    status: 'action-successful',
    data: { user: { email: tess.email, name: 'Tess', roles: [], client_id: null } },
    session: { roles: [], remember_me: false },
  });
  const token = registered.session?.token ?? '';
  expect(token).toMatch(/^ses_[\w-]{43}$/);

  const anyOrder = { token, ...api.order('plain_1') };
  const without = await api.post('orders/update', anyOrder);
  expect(without).toMatchObject({ http: 401, status: 'client-required', session: { token } });

  const client = await api.post('users/client_register', { token, company_name: 'Tess & Co' });
  expect(client).toMatchObject({
    http: 200,
    data: { user: { roles: ['client'] } },
    session: { roles: ['client'] },
  });
  const { token: verification } = linkIn(api, tess.email);
  expect(await api.postEncoded('users/verify', { verification })).toMatchObject({ http: 200 });
  expect(api.stack.messages()[0]).toMatchObject({ subject: 'Welcome to Plano', to: [{ email: tess.email }] });

  // Of her own orders there is none yet, and those of others are unknown to her: the session is good for the route.
  expect(await api.update(api.order('plain_1'), {}, token)).toMatchObject({
    status: 'invalid-param',
    errors: [{ param: 'order_id', code: 'not-found' }],
  });
  expect(await api.get('sessions/show', token)).toMatchObject({
    http: 200,
    data: { user: { client_id: client.data?.user.client_id } },
    session: { token, roles: ['client'] },
  });

  expect(await api.post('sessions/destroy', { token })).toMatchObject({
    http: 200,
    status: 'action-successful',
  });
  expect(await api.post('orders/update', anyOrder)).toMatchObject({ http: 401, status: 'invalid-token' });
});

it('Registering one address 20 times at once makes one user, however it is written', async () => {
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      api.postEncoded('users/register', {
        ...tess,
        email: index % 2 ? 'Zoë.One@exämple.com'.replace('ë', 'e') : 'ZOE.ONE@EXÄMPLE.com',
      }),
    ),
  );
  expect(answers.filter(({ http }) => http === 200)).toHaveLength(1);
  for (const { http, status, errors } of answers.filter((answer) => answer.http !== 200)) {
    expect({ http, status, errors }).toMatchObject({
      http: 400,
      status: 'invalid-param',
      errors: [{ param: 'email', code: 'taken' }],
    });
  }
});

it('Registering tells 30 times an hour that an address is taken, and then lets nobody register from there', async () => {
  const other = await TestStack.start();
  try {
    const attempt = () => other.postEncoded('users/register', { ...tess, email: 'ada.brook@example.com' });
    const statuses: string[] = [];
    for (let batch = 0; batch < 4; batch += 1) {
      const answers = await Promise.all(Array.from({ length: 8 }, attempt));
      statuses.push(...answers.map(({ status }) => status));
    }
    expect(statuses.filter((status) => status === 'invalid-param')).toHaveLength(30);
    expect(statuses.filter((status) => status === 'too-many-attempts')).toHaveLength(2);
    // Past the limit, success would tell that an address is free: also to those that were under way already.
    const free = await other.postEncoded('users/register', { ...tess, email: 'free@example.com' });
    expect(free).toMatchObject({ http: 429, status: 'too-many-attempts' });
    expect(Number(free.headers.get('retry-after'))).toBeGreaterThan(3_000);
  } finally {
    await other.stop();
  }
});

it('Registering tells nothing past the limit to those that were under way when it was reached', async () => {
  const other = await TestStack.start();
  try {
    const source = '127.0.0.1';
    const failures = Array.from({ length: 30 }, () => Date.now());
    const register = (email: string) => other.postEncoded('users/register', { ...tess, email });
    // While the password is hashed, others use up what is left.
    const underWay = [register('ada.brook@example.com'), register('is.free@example.com')];
    await other.put({ ...attemptsKey(REGISTRATION_LIMIT, source), failures });
    const statuses = (await Promise.all(underWay)).map(({ status }) => status);
    expect(statuses).toEqual(['too-many-attempts', 'too-many-attempts']);
  } finally {
    await other.stop();
  }
});

it('Registering counts a password in the form in which it is hashed, and knows it in every other', async () => {
  // One character that is written as four.
  const character = 'ᾂ'.normalize('NFD');
  const register = (password: string) =>
    api.postEncoded('users/register', { email: 'marks@example.com', name: 'Marks', password });
  for (const [password, code] of [
    [character.repeat(7), 'too-short'],
    [character.repeat(257), 'too-long'],
    ['\u0301\u0316'.repeat(40_000), 'too-long'],
  ] as const) {
    expect(await register(password)).toMatchObject({
      status: 'invalid-param',
      errors: [{ param: 'password', code }],
    });
  }
  expect(await register(character.repeat(256))).toMatchObject({ http: 200 });
  const signIn = (password: string) =>
    api.postEncoded('sessions/create', { email: 'marks@example.com', password });
  // The user is known, and has no role yet.
  for (const form of ['NFC', 'NFD']) {
    expect(await signIn(character.repeat(256).normalize(form))).toMatchObject({ status: 'client-required' });
  }
  expect(await signIn(character.repeat(255))).toMatchObject({
    errors: [{ param: 'password', code: 'wrong' }],
  });
  expect(await signIn('x'.repeat(1_025))).toMatchObject({
    errors: [{ param: 'password', code: 'too-long' }],
  });
});

it('A client is written to with the domain as DNS knows it, and keeps the address as it was given', async () => {
  const email = 'Zoe@bücher.example.org';
  const { session } = await api.postEncoded('users/register', { ...tess, email });
  const details = {
    token: session?.token,
    phone: '+49 30 1',
    company_name: 'Bücher & Co',
    address: 'Here 1\nBerlin',
  };
  const { data } = await api.post('users/client_register', details);
  expect(data?.user.email).toBe(email);
  const recipients = api.stack.messages().map(({ to }) => to[0]?.email);
  expect(recipients).toContain('Zoe@xn--bcher-kva.example.org');
  expect(recipients).not.toContain(email);
});

it('Registering takes no name, telephone number or company that breaks a line or that nobody can see', async () => {
  const name = async (value: string) =>
    (await api.postEncoded('users/register', { ...tess, name: value })).errors;
  expect(await name('Tess\u2028Plano')).toMatchObject([{ param: 'name', code: 'malformed' }]);
  expect(await name('\u3164')).toMatchObject([{ param: 'name', code: 'blank' }]);
  const details = { token: api.tokens.no_role, phone: '1\n2', company_name: ' ', address: '\n' };
  const { errors } = await api.post('users/client_register', details);
  expect(errors?.map(({ param, code }) => `${param} ${code}`)).toEqual([
    'phone malformed',
    'company_name blank',
    'address blank',
  ]);
});

it('Registering lists every fault of its parameters', async () => {
  const answer = await api.postEncoded('users/register', {
    email: 'tess',
    password: 'short',
    token: 'x',
    remember_me: 1,
  });
  expect(answer).toMatchObject({ http: 400, status: 'missing-param' });
  expect(answer.errors?.map(({ param, code }) => `${param} ${code}`).sort()).toEqual([
    'email malformed',
    'name missing',
    'password too-short',
    'remember_me type',
    'token unknown',
  ]);
});

it.each(['{"email":"tess@example.com"}', 'eyJ9', 'eyJhIjoxfQ', '****'])(
  'Registering refuses a body that is not JSON in standard base64: %s',
  async (body) => {
    const answer = await api.send('users/register', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(answer).toMatchObject({ http: 400, status: 'invalid-encoded-params' });
  },
);

it('Registering takes a body in base64 with line breaks', async () => {
  const encoded = Buffer.from(JSON.stringify({ ...tess, email: 'lines@example.com' })).toString('base64');
  const answer = await api.send('users/register', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: encoded.replaceAll(/.{20}/g, '$&\r\n'),
  });
  expect(answer).toMatchObject({ http: 200 });
});

/** Registers somebody, who then gets more sessions; the one of registering was unused for longer than any of them. */
const withSessions = async (count: number, given: Partial<Session> = {}) => {
  const email = `${randomUUID()}@example.org`;
  const { session, data } = await api.postEncoded('users/register', { ...tess, email });
  const user = {
    ...(data?.user ?? { user_id: 0, name: '', email, email_verified: false }),
    held: NO_ROLE,
    created_at: daysAgo(1),
  };
  const now = new Date(Date.now() + 60_000).toISOString();
  const others = Array.from({ length: count }, () =>
    aSessionOf(user, { created_at: now, last_used_at: now, ...given }),
  );
  for (const { rows } of others) await Promise.all(rows.map((row) => api.put(row)));
  return { token: session?.token ?? '', others: others.map(({ token }) => token) };
};

it('Somebody with more sessions than a transaction takes becomes a client, and 50 of them stay', async () => {
  const { token, others } = await withSessions(120);
  expect(await api.post('users/client_register', { token })).toMatchObject({
    http: 200,
    session: { roles: ['client'] },
  });
  const rolesOf = async (each: string) => (await api.get('sessions/show', each)).session?.roles;
  expect(await rolesOf(token)).toEqual(['client']);
  const roles = await Promise.all(others.map(rolesOf));
  expect(roles.filter((each) => each !== undefined)).toEqual(Array(49).fill(['client']));
});

it('A session of a client that an earlier release has left without the role is given it', async () => {
  const { token, others } = await withSessions(1);
  const [left = ''] = others;
  await api.post('users/client_register', { token });
  const [row = {}] = await api.rows(tokenKey(left).pk);
  await api.put({ ...row, held: NO_ROLE });
  expect(await api.update(api.order('plain_1'), {}, left)).toMatchObject({ status: 'client-required' });
  expect(await api.post('users/client_register', { token: left })).toMatchObject({
    errors: [{ param: 'token', code: 'already-client' }],
  });
  expect(await api.update(api.order('plain_1'), {}, left)).toMatchObject({
    errors: [{ param: 'order_id', code: 'not-found' }],
  });
});

it('Nobody is made a client twice, and no application is made one', async () => {
  expect(await api.post('users/client_register', { token: api.tokens.client })).toMatchObject({
    status: 'invalid-param',
    errors: [{ param: 'token', code: 'already-client' }],
  });
  expect(await api.post('users/client_register', { token: api.tokens.application })).toMatchObject({
    status: 'invalid-token',
  });
});
