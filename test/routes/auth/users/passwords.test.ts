import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MESSAGE_LIMIT, RESET_LIMIT } from '../../../../functions/accounts/attempt-limits.ts';
import { attemptsKey } from '../../../../functions/accounts/attempts.ts';
import { digest } from '../../../../functions/table/digest.ts';
import { type Answer, TestStack } from '../../../support/local-stack.ts';
import { linkIn, mailTo } from '../../../support/mailbox.ts';

let api: TestStack;
beforeAll(async () => {
  api = await TestStack.start();
});
afterAll(() => api.stop());

const OLD = 'the first passphrase';
const NEW = 'the second passphrase';

const registered = async ({ verified = true } = {}) => {
  const email = `${randomUUID()}@example.org`;
  const { session, data } = await api.postEncoded('users/register', {
    email,
    password: OLD,
    name: 'Tess Quill',
  });
  if (verified) await api.postEncoded('users/verify', { verification: linkIn(api, email).token });
  return { email, token: session?.token ?? '', user_id: data?.user.user_id ?? 0 };
};
const signIn = (email: string, password: string) => api.postEncoded('sessions/create', { email, password });
const isLive = async (token = '') => (await api.get('sessions/show', token)).http === 200;
const askFor = (email: string) => api.postEncoded('users/request_password_reset', { email });
const linkFor = async (email: string) => {
  expect(await askFor(email)).toMatchObject({ http: 200 });
  await api.stack.runSchedules();
  return linkIn(api, email);
};
const reset = (params: object, headers = {}) => api.postEncoded('users/reset_password', params, headers);
const subjects = (email: string) => mailTo(api, email).map(({ subject }) => subject);
const WRONG_LINK = { status: 'invalid-param', errors: [{ param: 'reset', code: 'wrong' }] };
const said = ({ http, status, message, data }: Answer) => ({ http, status, message, data });

describe('a forgotten password', () => {
  it('A link sets another password, once, and ends all sessions', async () => {
    const { email, token } = await registered();
    const { token: link, url } = await linkFor(email);
    expect(url).toMatch(new RegExp(`^${api.stack.url}/account/reset#res_\\d+_[\\w-]{43}$`));
    expect(await reset({ reset: link, password: NEW })).toMatchObject({ http: 200, data: {} });
    expect(await isLive(token)).toBe(false);
    expect(await signIn(email, OLD)).toMatchObject({ errors: [{ param: 'password', code: 'wrong' }] });
    const { session } = await signIn(email, NEW);
    expect(await isLive(session?.token)).toBe(true);
    expect(await reset({ reset: link, password: OLD })).toMatchObject(WRONG_LINK);
    await api.stack.runSchedules();
    expect(subjects(email)).toEqual([
      'Verify your e-mail address',
      'Set another password',
      'Your password was changed',
      'Somebody has signed in to your account',
    ]);
  });

  it('A link verifies the address, and welcomes somebody who is a client already', async () => {
    const { email, token } = await registered({ verified: false });
    await api.post('users/client_register', { token });
    const verification = linkIn(api, email).token;
    const link = await linkFor(email);
    expect(mailTo(api, email).at(-1)?.to).toEqual([{ email, type: 'to' }]);
    expect(await reset({ reset: link.token, password: NEW })).toMatchObject({ http: 200 });
    expect((await signIn(email, NEW)).data?.user).toMatchObject({ email_verified: true });
    expect(subjects(email)).toContain('Welcome to Plano');
    // There is nothing left to verify.
    expect(await api.postEncoded('users/verify', { verification })).toMatchObject({
      errors: [{ param: 'verification', code: 'wrong' }],
    });
  });

  it('A link ends after an hour, and when another is sent', async () => {
    const { email, user_id } = await registered();
    const first = await linkFor(email);
    const second = await linkFor(email);
    expect(await reset({ reset: first.token, password: NEW })).toMatchObject(WRONG_LINK);
    const row = (await api.rows(`PROOF#${user_id}`)).find(({ sk }) => sk === 'RESET');
    expect(Date.parse(String(row?.until)) - Date.now()).toBeLessThan(60 * 60 * 1_000);
    expect(Date.parse(String(row?.until)) - Date.now()).toBeGreaterThan(59 * 60 * 1_000);
    await api.put({ ...row, until: new Date(Date.now() - 1_000).toISOString() });
    expect(await reset({ reset: second.token, password: NEW })).toMatchObject(WRONG_LINK);
    expect(await signIn(email, OLD)).toMatchObject({ status: 'client-required' });
  });

  it('A link that is used several times at once sets one password', async () => {
    const { email } = await registered();
    const { token } = await linkFor(email);
    const passwords = [NEW, `${NEW} 2`, `${NEW} 3`];
    const answers = await Promise.all(passwords.map((password) => reset({ reset: token, password })));
    expect(answers.filter(({ http }) => http === 200)).toHaveLength(1);
    for (const [index, password] of passwords.entries()) {
      const { errors } = await signIn(email, password);
      expect(errors === undefined).toBe(answers[index]?.http === 200);
    }
  });

  it('A password that is tried first is refused, and the link still holds', async () => {
    const { email } = await registered();
    const { token } = await linkFor(email);
    for (const password of ['password123', email, 'tess quill']) {
      expect(await reset({ reset: token, password })).toMatchObject({
        status: 'invalid-param',
        errors: [{ param: 'password', code: 'too-common' }],
      });
    }
    expect(await reset({ reset: token, password: NEW })).toMatchObject({ http: 200 });
  });

  it('A reset that is sent again with its key is done once, and is another with another password', async () => {
    const { email } = await registered();
    const { token } = await linkFor(email);
    const key = { 'idempotency-key': randomUUID() };
    const first = await reset({ reset: token, password: NEW }, key);
    const again = await reset({ reset: token, password: NEW }, key);
    expect(said(again)).toEqual(said(first));
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(await reset({ reset: token, password: OLD }, key)).toMatchObject({ status: 'invalid-param' });
    expect(await signIn(email, NEW)).toMatchObject({ status: 'client-required' });
  });

  it('Who asks for a link learns nothing of who is a user, nor how many links were asked for', async () => {
    const { email } = await registered();
    const { email: unverified } = await registered({ verified: false });
    const addresses = [email, unverified, `nobody.${email}`];
    const answers: Answer[] = [];
    for (const address of addresses) {
      for (let times = 0; times < 7; times += 1) {
        answers.push(await askFor(address));
        await api.stack.runSchedules();
      }
    }
    for (const answer of answers) expect(said(answer)).toEqual(said(answers[0] as Answer));
    const links = addresses.map(
      (address) => subjects(address).filter((subject) => subject === 'Set another password').length,
    );
    // To one that nobody has verified they are 5 with the message that verifies it.
    expect(links).toEqual([RESET_LIMIT.most, MESSAGE_LIMIT.most - 1, 0]);
    // Of what is made for nobody, nothing waits and nobody is told.
    expect(await api.rows('NOTIFICATION')).toEqual([]);
  });

  it('Whoever asks for links to somebody’s address leaves the last one that was sent good', async () => {
    const { email } = await registered();
    for (let times = 0; times < 8; times += 1) await askFor(email);
    const { token } = await linkFor(email);
    expect(await reset({ reset: token, password: NEW })).toMatchObject({ http: 200 });
    const [row = {}] = await api.rows(attemptsKey(RESET_LIMIT, email).pk);
    const anHourAgo = Date.now() - RESET_LIMIT.withinMs - 1;
    await api.put({ ...row, failures: Array(RESET_LIMIT.most).fill(anHourAgo) });
    expect((await linkFor(email)).token).not.toBe(token);
  });

  it('Asking for links to an address that nobody has keeps nobody from registering with it', async () => {
    const email = `${randomUUID()}@example.org`;
    for (let times = 0; times < 6; times += 1) await askFor(email);
    expect(await api.postEncoded('users/register', { email, password: OLD, name: 'Nu' })).toMatchObject({
      http: 200,
    });
    const [row] = await api.rows(attemptsKey(MESSAGE_LIMIT, email).pk);
    expect(row?.failures).toHaveLength(1);
  });
});

it('A link is sent within a moment, by whoever sends what is due', async () => {
  const { email } = await registered();
  await askFor(email);
  await expect.poll(() => linkIn(api, email).url, { timeout: 20_000 }).toContain('/account/reset#');
});

describe('changing a password', () => {
  const change = (params: object, headers = {}) => api.postEncoded('users/change_password', params, headers);

  it('It takes the password as it is, and ends all other sessions', async () => {
    const { email, token } = await registered();
    const others = await Promise.all([signIn(email, OLD), signIn(email, OLD)]);
    expect(await change({ token, current_password: NEW, password: NEW })).toMatchObject({
      status: 'invalid-param',
      errors: [{ param: 'current_password', code: 'wrong' }],
    });
    expect(await change({ token, current_password: OLD, password: NEW })).toMatchObject({
      http: 200,
      data: {},
    });
    expect(await isLive(token)).toBe(true);
    for (const { session } of others) expect(await isLive(session?.token)).toBe(false);
    expect(await signIn(email, OLD)).toMatchObject({ errors: [{ param: 'password', code: 'wrong' }] });
    expect(await signIn(email, NEW)).toMatchObject({ status: 'client-required' });
    expect(subjects(email)).toContain('Your password was changed');
  });

  it('A link that was sent before the password is changed is no good afterwards, and another one is', async () => {
    const { email, token } = await registered();
    const link = await linkFor(email);
    await change({ token, current_password: OLD, password: NEW });
    expect(await reset({ reset: link.token, password: OLD })).toMatchObject(WRONG_LINK);
    expect(await reset({ reset: (await linkFor(email)).token, password: OLD })).toMatchObject({ http: 200 });
  });

  it('A session that is opened with the old password at the same time is not there when it is changed', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { email, token } = await registered();
      const [changed, ...opened] = await Promise.all([
        change({ token, current_password: OLD, password: NEW }),
        signIn(email, OLD),
        signIn(email, OLD),
      ]);
      expect(changed).toMatchObject({ http: 200 });
      for (const { session, errors } of opened) {
        if (session === undefined) expect(errors).toMatchObject([{ param: 'password', code: 'wrong' }]);
        else expect(await isLive(session.token)).toBe(false);
      }
    }
  });

  it('The same key with another new password is refused', async () => {
    const { token } = await registered();
    const key = { 'idempotency-key': randomUUID() };
    const params = { token, current_password: OLD, password: NEW };
    expect(await change(params, key)).toMatchObject({ http: 200 });
    const again = await change(params, key);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect((await change({ ...params, password: `${NEW} 2` }, key)).errors).toContainEqual(
      expect.objectContaining({ param: 'Idempotency-Key', code: 'reused' }),
    );
  });

  it('Wrong passwords count as failed sign-ins, and the limit holds for both', async () => {
    const { email, token } = await registered();
    for (let times = 0; times < 10; times += 1) {
      await change({ token, current_password: 'a guess', password: NEW });
    }
    const refused = { status: 'too-many-attempts' };
    expect(await change({ token, current_password: OLD, password: NEW })).toMatchObject(refused);
    expect(await signIn(email, OLD)).toMatchObject(refused);
  });
});

describe('a sign-in from somewhere', () => {
  it('It is told by e-mail where the user had not signed in before, and not where it had', async () => {
    const { email } = await registered();
    const told = async () => {
      await signIn(email, OLD);
      await api.stack.runSchedules();
      return subjects(email).filter((subject) => subject === 'Somebody has signed in to your account').length;
    };
    expect(await told()).toBe(0);
    const rows = await api.rows(`LOGIN#${digest(email)}`);
    await api.put({ ...rows.find(({ sk }) => String(sk).startsWith('SOURCE#')), expires_at: 1 });
    expect(await told()).toBe(1);
    expect(await told()).toBe(1);
  });
});

describe('sending again what was done', () => {
  const TIMES = 12;
  const again = async (send: () => Promise<Answer>) => {
    for (let time = 0; time < TIMES; time += 1) expect((await send()).http).toBe(200);
  };

  it('A change of the password that is sent again is no failed sign-in, however often', async () => {
    const { email, token } = await registered();
    const key = { 'idempotency-key': randomUUID() };
    const params = { token, current_password: OLD, password: NEW };
    await again(() => api.postEncoded('users/change_password', params, key));
    expect((await signIn(email, NEW)).http).not.toBe(429);
    expect(subjects(email).filter((subject) => subject === 'Your password was changed')).toHaveLength(1);
  });

  it('A change of the password that is sent again with other passwords is stopped as sign-ins are', async () => {
    const { token } = await registered();
    const key = { 'idempotency-key': randomUUID() };
    const params = { token, current_password: OLD, password: NEW };
    await api.postEncoded('users/change_password', params, key);
    const statuses: string[] = [];
    for (let time = 0; time < TIMES; time += 1) {
      const guess = { ...params, password: `the guess number ${time}` };
      statuses.push((await api.postEncoded('users/change_password', guess, key)).status);
    }
    expect(new Set(statuses.slice(0, 10))).toEqual(new Set(['invalid-param']));
    expect(new Set(statuses.slice(10))).toEqual(new Set(['too-many-attempts']));
  });

  it('A password that was set by a link is answered again, and no failure is counted', async () => {
    const { email } = await registered();
    const { token: link } = await linkFor(email);
    const key = { 'idempotency-key': randomUUID() };
    await again(() => reset({ reset: link, password: NEW }, key));
    expect((await signIn(email, NEW)).http).not.toBe(429);
  });

  it('The last message that an address may get is answered again, where another one is refused', async () => {
    const { token } = await registered({ verified: false });
    const send = (key: string) => api.post('users/send_verification', { token }, { 'idempotency-key': key });
    for (let number = 2; number <= MESSAGE_LIMIT.most; number += 1) await send(`message-${number}`);
    expect(await send(`message-${MESSAGE_LIMIT.most}`)).toMatchObject({ http: 200 });
    expect(await send('another-message')).toMatchObject({ status: 'too-many-attempts' });
  });

  it('An address that was verified by a code is answered again', async () => {
    const { email } = await registered({ verified: false });
    const key = { 'idempotency-key': randomUUID() };
    const { code } = linkIn(api, email);
    await again(() => api.postEncoded('users/verify', { email, code }, key));
  });
});

it('Parameters are judged before it is asked how often a source has failed', async () => {
  const answer = await reset({ reset: 'x', password: 'y', colour: 1 });
  expect(answer.errors).toMatchObject([
    { param: 'password', code: 'too-short' },
    { param: 'colour', code: 'unknown' },
  ]);
});
