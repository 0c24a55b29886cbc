import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SIGN_IN_LIMIT, SIGN_IN_SOURCE_LIMIT } from '../../../../functions/accounts/attempt-limits.ts';
import { attemptsKey } from '../../../../functions/accounts/attempts.ts';
import { hashPassword } from '../../../../functions/accounts/passwords.ts';
import { DEMO_PASSWORD } from '../../../../infra/local/demo.ts';
import { TestStack } from '../../../support/local-stack.ts';
import { aSessionOf, aUser } from '../../../support/users.ts';

let api: TestStack;
beforeAll(async () => {
  api = await TestStack.start();
});
afterAll(() => api.stop());

const signIn = (email: string, password = DEMO_PASSWORD, more = {}) =>
  api.postEncoded('sessions/create', { email, password, ...more });

describe('signing in', () => {
  it('Signing in gives a session that works, however the address is written', async () => {
    const answer = await signIn('EMIL.Stone@Example.COM');
    expect(answer).toMatchObject({ http: 200, session: { roles: ['employee'], remember_me: false } });
    expect(answer.session?.expires_at).not.toBeNull();
    expect(await api.update(api.freshOrder(), {}, answer.session?.token)).toMatchObject({ http: 200 });
  });

  it('Signing in with remember_me gives a session that never expires', async () => {
    expect(await signIn('emil.stone@example.com', DEMO_PASSWORD, { remember_me: true })).toMatchObject({
      session: { remember_me: true, expires_at: null },
    });
  });

  it('Signing in of a user without a role gives the session with client-required', async () => {
    const answer = await signIn('nora.vale@example.com');
    expect(answer).toMatchObject({ http: 401, status: 'client-required', session: { roles: [] } });
    expect(await api.get('sessions/show', answer.session?.token ?? '')).toMatchObject({ http: 200 });
  });

  it('Signing in answers the same to a wrong password and to an address that nobody has', async () => {
    const [wrong, nobody] = [
      await signIn('ada.brook@example.com', 'not the password'),
      await signIn('not.ada@example.com', 'not the password'),
    ];
    expect(wrong).toMatchObject({
      http: 400,
      status: 'invalid-param',
      errors: [{ param: 'password', code: 'wrong' }],
    });
    const { request_id: _, headers: __, ...said } = wrong;
    expect(nobody).toMatchObject(said);
  });

  it.each(['max.hill@example.com', 'nobody.at.all@example.com'])(
    'Signing in is refused for %s after 10 failures, at the same time too, even with the right password',
    async (email) => {
      const answers = await Promise.all(Array.from({ length: 14 }, () => signIn(email, 'a guess')));
      expect(answers.filter(({ status }) => status === 'invalid-param')).toHaveLength(10);
      const right = await signIn(email);
      expect(right).toMatchObject({ http: 429, status: 'too-many-attempts' });
      expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(Number(right.headers.get('retry-after'))).toBeLessThanOrEqual(15 * 60);
    },
  );
});

it('The limit for an address holds as well where its user signed in before, or that would tell who is a user', async () => {
  const email = 'lia.ferry@example.com';
  expect(await signIn(email)).toMatchObject({ http: 200 });
  const failures = Array.from({ length: 10 }, () => Date.now());
  await api.put({ ...attemptsKey(SIGN_IN_LIMIT, email), failures });
  expect(await signIn(email)).toMatchObject({ status: 'too-many-attempts' });
  await api.put({ ...attemptsKey(SIGN_IN_LIMIT, email), failures: [1] });
  expect(await signIn(email)).toMatchObject({ http: 200 });
});

it('From one source 100 sign-ins may fail in an hour, for whichever addresses, and then the right password is refused too', async () => {
  const key = attemptsKey(SIGN_IN_SOURCE_LIMIT, '127.0.0.1');
  const now = Date.now();
  const failures = (count: number, ago: number) => Array.from({ length: count }, () => now - ago);
  const HOUR_MS = 60 * 60 * 1_000;
  const LEFT_MS = 5 * 60 * 1_000;
  await api.put({ ...key, failures: [...failures(1, HOUR_MS), ...failures(90, HOUR_MS - LEFT_MS)] });
  const answers = await Promise.all(
    Array.from({ length: 11 }, (_, index) => signIn(`spray.${index}@example.com`, 'a guess')),
  );
  expect(answers.filter(({ status }) => status === 'invalid-param')).toHaveLength(10);
  expect(answers.filter(({ status }) => status === 'too-many-attempts')).toHaveLength(1);
  const right = await signIn('emil.stone@example.com');
  expect(right).toMatchObject({ http: 429, status: 'too-many-attempts' });
  // When the first of those that count is forgotten.
  expect(Number(right.headers.get('retry-after'))).toBeLessThanOrEqual(LEFT_MS / 1_000);
  await api.put({ ...key, failures: [] });
  expect(await signIn('emil.stone@example.com')).toMatchObject({ http: 200 });
});

describe('a session', () => {
  it('A session shows itself to its owner, and to no application', async () => {
    expect(await api.get('sessions/show', api.tokens.liaison)).toMatchObject({
      http: 200,
      data: { user: { roles: ['liaison'], client_id: null } },
      session: { token: api.tokens.liaison },
    });
    expect(await api.get('sessions/show', api.tokens.application)).toMatchObject({ status: 'invalid-token' });
    expect(await api.get('sessions/show?colour=red', api.tokens.liaison)).toMatchObject({
      errors: [{ param: 'colour', code: 'unknown' }],
    });
  });

  it('A session that is destroyed leaves the user’s others alone', async () => {
    const [one, other] = await Promise.all([
      signIn('lia.ferry@example.com'),
      signIn('lia.ferry@example.com'),
    ]);
    const [ended, kept] = [one.session?.token ?? '', other.session?.token ?? ''];
    expect(await api.post('sessions/destroy', { token: ended })).toMatchObject({ http: 200 });
    expect(await api.get('sessions/show', ended)).toMatchObject({ http: 401, status: 'invalid-token' });
    expect(await api.get('sessions/show', kept)).toMatchObject({ http: 200 });
  });
});

it('Signing in again with a key gives another session when the first had to end for one more than 50', async () => {
  const password = 'a good password';
  const { user, rows } = aUser({}, (await hashPassword(password)).hashed);
  for (const row of rows) await api.put(row);
  const headers = { 'idempotency-key': randomUUID() };
  const again = () => api.postEncoded('sessions/create', { email: user.email, password }, headers);
  const first = (await again()).session?.token ?? '';
  const later = new Date(Date.now() + 60_000).toISOString();
  for (let number = 0; number < 50; number += 1) {
    const other = aSessionOf(user, { created_at: later, last_used_at: later });
    for (const row of other.rows) await api.put(row);
  }
  // It ends those that are too many, the first one among them.
  await signIn(user.email, password);
  expect(await api.get('sessions/show', first)).toMatchObject({ status: 'invalid-token' });
  const { session, headers: answered } = await again();
  expect(answered.get('idempotent-replayed')).toBe('true');
  expect(await api.get('sessions/show', session?.token ?? '')).toMatchObject({ http: 200 });
  const sessions = (await api.rows(`USER#${user.user_id}`)).filter(({ sk }) =>
    String(sk).startsWith('SESSION#'),
  );
  expect(sessions).toHaveLength(50);
});

describe('the sessions of a user', () => {
  const listed = async (token: string) => (await api.get('sessions/list', token)).data?.sessions ?? [];
  const registered = async () => {
    const params = { email: `${randomUUID()}@example.org`, password: DEMO_PASSWORD, name: 'Tess' };
    const first = await api.postEncoded('users/register', params);
    const second = await signIn(params.email, DEMO_PASSWORD, { remember_me: true });
    return [first, second].map(({ session }) => session?.token ?? '') as [string, string];
  };
  const isLive = async (token: string) => (await api.get('sessions/show', token)).http === 200;

  it('They are listed by ids with which nobody can use them, and the one that asks is marked', async () => {
    const [one, other] = await registered();
    const sessions = await listed(one);
    expect(sessions).toHaveLength(2);
    expect(sessions.filter(({ current }) => current)).toMatchObject([{ remember_me: false }]);
    expect(sessions.filter(({ current }) => !current)).toMatchObject([
      { remember_me: true, expires_at: null },
    ]);
    for (const token of [one, other]) expect(JSON.stringify(sessions)).not.toContain(token);
    for (const { session_id } of sessions)
      expect(Number.isSafeInteger(session_id) && session_id > 0).toBe(true);
    expect((await listed(other)).map(({ session_id }) => session_id).toSorted()).toEqual(
      sessions.map(({ session_id }) => session_id).toSorted(),
    );
  });

  it('One is ended by its id, by its own user alone', async () => {
    const [one, other] = await registered();
    const [stranger] = await registered();
    const session_id = (await listed(one)).find(({ current }) => !current)?.session_id;
    const notFound = { status: 'invalid-param', errors: [{ param: 'session_id', code: 'not-found' }] };
    expect(await api.post('sessions/destroy', { token: stranger, session_id })).toMatchObject(notFound);
    expect(await isLive(other)).toBe(true);
    expect(await api.post('sessions/destroy', { token: one, session_id })).toMatchObject({ http: 200 });
    expect([await isLive(one), await isLive(other)]).toEqual([true, false]);
    expect(await listed(one)).toHaveLength(1);
    expect(await api.post('sessions/destroy', { token: one, session_id })).toMatchObject(notFound);
  });

  it('The one that asks is ended by its id as well', async () => {
    const [one] = await registered();
    const session_id = (await listed(one)).find(({ current }) => current)?.session_id;
    expect(await api.post('sessions/destroy', { token: one, session_id })).toMatchObject({ http: 200 });
    expect(await isLive(one)).toBe(false);
  });

  it('All but the one that asks are ended at once, however many', async () => {
    const [one, other] = await registered();
    const { data } = await api.get('sessions/show', one);
    const user = { ...aUser().user, user_id: data?.user.user_id ?? 0 };
    const more = Array.from({ length: 60 }, () => aSessionOf(user, { remember_me: true }));
    await Promise.all(more.flatMap(({ rows }) => rows.map((row) => api.put(row))));
    expect(await api.post('sessions/destroy_others', { token: one })).toMatchObject({ http: 200 });
    expect(await listed(one)).toMatchObject([{ current: true }]);
    for (const token of [other, ...more.map((each) => each.token)]) expect(await isLive(token)).toBe(false);
  });
});
