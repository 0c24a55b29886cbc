import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestStack } from '../../../support/local-stack.ts';
import { linkIn, mailTo } from '../../../support/mailbox.ts';

let api: TestStack;
beforeAll(async () => {
  api = await TestStack.start();
});
afterAll(() => api.stop());

const anAddress = () => `${randomUUID()}@example.org`;

const registered = async (name = 'Nu', email = anAddress()) => {
  const { session, data } = await api.postEncoded('users/register', {
    email,
    password: 'correct horse',
    name,
  });
  return { email, token: session?.token ?? '', user_id: data?.user.user_id ?? 0 };
};
const verify = (params: object) => api.postEncoded('users/verify', params);
const isVerified = async (token: string) => (await api.get('sessions/show', token)).data?.user.email_verified;
const WRONG_LINK = { status: 'invalid-param', errors: [{ param: 'verification', code: 'wrong' }] };
const WRONG_CODE = { status: 'invalid-param', errors: [{ param: 'code', code: 'wrong' }] };
/** Another code than that. */
const otherThan = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

describe('registering', () => {
  it('Registering sends a link to the page for it, and a code, to an address that is not verified yet', async () => {
    const { email, token } = await registered();
    expect(await isVerified(token)).toBe(false);
    const { url, code } = linkIn(api, email);
    expect(url).toMatch(new RegExp(`^${api.stack.url}/account/verify#ver_\\d+_[\\w-]{43}$`));
    expect(code).toMatch(/^\d{6}$/);
  });

  it('The link verifies the address, once', async () => {
    const { email, token } = await registered();
    const verification = linkIn(api, email).token;
    expect(await verify({ verification })).toMatchObject({
      http: 200,
      data: { user: { email, email_verified: true } },
    });
    expect(await isVerified(token)).toBe(true);
    expect(await verify({ verification })).toMatchObject(WRONG_LINK);
  });

  it('The code verifies the address, once, however the address is written', async () => {
    const { email, token } = await registered();
    const { code, token: verification } = linkIn(api, email);
    expect(await verify({ email: email.toUpperCase(), code })).toMatchObject({ http: 200 });
    expect(await isVerified(token)).toBe(true);
    expect(await verify({ email, code })).toMatchObject(WRONG_CODE);
    expect(await verify({ verification })).toMatchObject(WRONG_LINK);
  });

  it('A link and a code end after 24 hours', async () => {
    const { email, token, user_id } = await registered();
    const { code, token: verification } = linkIn(api, email);
    const [row] = await api.rows(`PROOF#${user_id}`);
    expect(Date.parse(String(row?.until)) - Date.now()).toBeGreaterThan(23.9 * 60 * 60 * 1_000);
    expect(Date.parse(String(row?.until)) - Date.now()).toBeLessThan(24 * 60 * 60 * 1_000);
    await api.put({ ...row, until: new Date(Date.now() - 1_000).toISOString() });
    expect(await verify({ verification })).toMatchObject(WRONG_LINK);
    expect(await verify({ email, code })).toMatchObject(WRONG_CODE);
    expect(await isVerified(token)).toBe(false);
  });

  it('A code ends after it was tried 5 times, at once too, and the link does not', async () => {
    const { email, token } = await registered();
    const { code, token: verification } = linkIn(api, email);
    const wrong = otherThan(code);
    const answers = await Promise.all(Array.from({ length: 8 }, () => verify({ email, code: wrong })));
    for (const answer of answers) expect(answer).toMatchObject(WRONG_CODE);
    expect(await verify({ email, code })).toMatchObject(WRONG_CODE);
    expect(await verify({ verification })).toMatchObject({ http: 200 });
    expect(await isVerified(token)).toBe(true);
  });

  it('A code verifies the address at the fifth try', async () => {
    const { email, token } = await registered();
    const { code } = linkIn(api, email);
    for (let tries = 0; tries < 4; tries += 1) await verify({ email, code: otherThan(code) });
    expect(await verify({ email, code })).toMatchObject({ http: 200 });
    expect(await isVerified(token)).toBe(true);
  });

  it('A code for an address that nobody has, and one for a verified address, are as wrong as any', async () => {
    const said = async (email: string) => {
      const { status, message, errors } = await verify({ email, code: '123456' });
      return { status, message, errors };
    };
    const { email } = await registered();
    const ofUnknown = await said(anAddress());
    expect(ofUnknown).toMatchObject(WRONG_CODE);
    expect(await said('ada.brook@example.com')).toEqual(ofUnknown);
    if (linkIn(api, email).code !== '123456') expect(await said(email)).toEqual(ofUnknown);
  });

  it.each([
    [{}, 'no-params-decoded', undefined],
    [{ email: 'ada@example.com' }, 'missing-param', ['code']],
    [{ code: '123456' }, 'missing-param', ['email']],
    [{ code: '12345' }, 'missing-param', ['code', 'email']],
    [{ email: 'ada@example.com', code: null }, 'missing-param', ['code']],
    [{ email: null, code: '123456' }, 'missing-param', ['email']],
    [{ verification: null }, 'missing-param', ['verification']],
    [{ verification: null, email: 'ada@example.com', code: '123456' }, 'invalid-param', ['verification']],
    [{ code: 123456, email: 'ada' }, 'invalid-param', ['email', 'code']],
    [{ verification: 'x', email: 'ada@example.com' }, 'invalid-param', ['verification']],
    [{ verification: 'x' }, 'invalid-param', ['verification']],
    [{ verification: `ver_1_${'x'.repeat(43)}` }, 'invalid-param', ['verification']],
    [{ verification: 7 }, 'invalid-param', ['verification']],
  ])('Verifying with %o is %s', async (params, status, names) => {
    const answer = await verify(params);
    expect(answer.status).toBe(status);
    expect(answer.errors?.map(({ param }) => param).toSorted()).toEqual(names?.toSorted());
  });
});

describe('sending it again', () => {
  it('Another link and another code take the place of those before them, 4 times a day', async () => {
    const { email, token } = await registered();
    const first = linkIn(api, email);
    for (let sent = 2; sent <= 5; sent += 1) {
      expect(await api.post('users/send_verification', { token })).toMatchObject({ http: 200 });
      expect(mailTo(api, email)).toHaveLength(sent);
    }
    const refused = await api.post('users/send_verification', { token });
    expect(refused).toMatchObject({ http: 429, status: 'too-many-attempts' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(23 * 60 * 60);
    expect(mailTo(api, email)).toHaveLength(5);
    expect(await verify({ verification: first.token })).toMatchObject(WRONG_LINK);
    expect(await verify({ verification: linkIn(api, email).token })).toMatchObject({ http: 200 });
    expect(await api.post('users/send_verification', { token })).toMatchObject({
      status: 'invalid-param',
      errors: [{ param: 'token', code: 'already-verified' }],
    });
  });

  it('At most 5 messages go to an address, when they are asked for at once too', async () => {
    const { email, token } = await registered();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => api.post('users/send_verification', { token })),
    );
    expect(answers.filter(({ http }) => http === 200)).toHaveLength(4);
    // One in whose place another was asked for before it was sent is not sent.
    expect(mailTo(api, email).length).toBeLessThanOrEqual(5);
    const links = mailTo(api, email).map(({ text = '' }) => /#(\S+)/.exec(text)?.[1] ?? '');
    const tried = await Promise.all(links.map((verification) => verify({ verification })));
    expect(tried.filter(({ http }) => http === 200)).toHaveLength(1);
  });
});

describe('an address that nobody has verified', () => {
  it('A stranger who registers with somebody’s address can have nothing sent there but one question, without a word of theirs', async () => {
    const name = 'your card is blocked, call +1 900 555 0100 now';
    const { email, token } = await registered(name, `victim.${randomUUID()}@bank-customer.example`);
    const evil = 'https://plano-pay.evil.example/4711';
    const client = await api.post('users/client_register', { token, company_name: evil });
    expect(client).toMatchObject({ http: 200, status: 'action-successful' });
    const made = await api.post('orders/create', {
      token,
      line_items: [{ name: evil, quantity: 1 }],
      appointment: { scheduled_for: '2999-04-01T09:00:00Z' },
    });
    expect(made).toMatchObject({ http: 200, status: 'action-successful' });
    let order = made.data?.order;
    for (let moves = 0; moves < 10; moves += 1) {
      const moved = await api.post('appointments/reschedule', {
        token,
        order_id: order?.order_id,
        updated_at: order?.updated_at,
        appt_id: order?.appointments[0]?.appt_id,
        scheduled_for: `2999-04-${String(moves + 2).padStart(2, '0')}T09:00:00Z`,
      });
      expect(moved).toMatchObject({ http: 200, status: 'action-successful' });
      order = moved.data?.order;
    }
    const key = { 'idempotency-key': randomUUID() };
    const cancelling = {
      token,
      order_id: order?.order_id,
      updated_at: order?.updated_at,
      appointment: { appt_id: order?.appointments[0]?.appt_id, cancel_reason: evil, cancel_note: evil },
    };
    expect(await api.post('orders/update', cancelling, key)).toMatchObject({ status: 'action-successful' });
    expect(await api.post('orders/update', cancelling, key)).toMatchObject({ status: 'action-successful' });

    await api.stack.runSchedules();
    const [question, ...others] = mailTo(api, email);
    expect(others).toEqual([]);
    for (const word of [name, '900', 'evil']) expect(JSON.stringify(question)).not.toContain(word);
    expect(question?.to).toEqual([{ email, type: 'to' }]);

    const kept = (await api.rowsStarting('EMAIL#')).filter(({ order_id }) => order_id === order?.order_id);
    expect(kept).toHaveLength(12);
    for (const row of kept) {
      expect(row).toMatchObject({ state: 'discarded', last_failure: { kind: 'unverified' } });
      expect(row).not.toHaveProperty('unsent');
    }
    const { email_id } = kept[0] ?? {};
    expect(await api.get(`emails/show?email_id=${email_id}`, api.tokens.employee)).toMatchObject({
      data: { email: { state: 'discarded', last_failure: { kind: 'unverified' }, sent_at: null } },
    });
    expect(await api.rows('NOTIFICATION')).toEqual([]);
  });

  it('A client is welcomed when the address is verified, once, and is written to from then on', async () => {
    const { email, token } = await registered('Tess Quill');
    await api.post('users/client_register', { token });
    const subjects = () => mailTo(api, email).map(({ subject }) => subject);
    expect(subjects()).toEqual(['Verify your e-mail address']);
    const verification = linkIn(api, email).token;
    const key = { 'idempotency-key': randomUUID() };
    for (const replayed of [null, 'true']) {
      const answer = await api.postEncoded('users/verify', { verification }, key);
      expect(answer).toMatchObject({ http: 200, data: { user: { roles: ['client'] } } });
      expect(answer.headers.get('idempotent-replayed')).toBe(replayed);
    }
    expect(subjects()).toEqual(['Verify your e-mail address', 'Welcome to Plano']);
    expect(mailTo(api, email)[1]).toMatchObject({ to: [{ email, name: 'Tess Quill' }] });
    await api.post('orders/create', { token, line_items: [{ name: 'Hedge', quantity: 1 }] });
    expect(subjects()).toHaveLength(3);
  });

  it('Somebody who becomes a client and verifies the address at the same time is welcomed once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { email, token } = await registered();
      const verification = linkIn(api, email).token;
      const answers = await Promise.all([
        api.post('users/client_register', { token }),
        verify({ verification }),
      ]);
      for (const answer of answers) expect(answer).toMatchObject({ http: 200, status: 'action-successful' });
      expect(mailTo(api, email).map(({ subject }) => subject)).toEqual([
        'Verify your e-mail address',
        'Welcome to Plano',
      ]);
    }
  });
});

describe('a message with a secret', () => {
  const saved = async (email: string) => {
    const { token, user_id } = await registered('Nu', email);
    const row = (await api.rowsStarting('EMAIL#')).find((each) => each.user_id === user_id);
    return { token, user_id, row, email_id: Number(row?.email_id) };
  };
  /** Gives a user an address that takes mail. */
  const moved = async (user_id: number, email: string) => {
    const user = (await api.rows(`USER#${user_id}`)).find(({ sk }) => sk === 'USER');
    await api.put({ ...user, email });
  };

  it('No row holds the link or the code, whatever has become of it', async () => {
    const email = anAddress();
    const { token } = await registered('Nu', email);
    await api.postEncoded('users/request_password_reset', { email });
    await api.stack.runSchedules();
    await api.post('users/send_verification', { token });
    await registered('Nu', `fault.${email}`);
    const rows = JSON.stringify(await api.rowsStarting(''));
    const texts = mailTo(api, email).map(({ text = '' }) => text);
    expect(texts).toHaveLength(3);
    for (const text of texts) expect(rows).not.toContain(/#\w{3}_\d+_(\S+)/.exec(text)?.[1]);
    expect(rows).not.toContain('/account/verify#');
    expect(rows).not.toContain('/account/reset#');
    for (const text of texts.flatMap((each) => /code: (\d{6})/.exec(each)?.[1] ?? []))
      expect(rows).not.toContain(`"${text}"`);
  });

  it('It is sent when it is tried again, with a link that holds from then on', async () => {
    const email = anAddress();
    const { user_id, row } = await saved(`fault.${email}`);
    expect(row).toMatchObject({ state: 'unsent', kind: 'verify-address' });
    await moved(user_id, email);
    await api.put({ ...row, due_at: new Date(0).toISOString() });
    await api.stack.runSchedules();
    expect(await verify({ verification: linkIn(api, email).token })).toMatchObject({ http: 200 });
  });

  it('It is not sent any more when another has taken its place', async () => {
    const email = anAddress();
    const { token, user_id, row, email_id } = await saved(`fault.${email}`);
    await moved(user_id, email);
    await api.post('users/send_verification', { token });
    await api.put({ ...row, due_at: new Date(0).toISOString() });
    await api.stack.runSchedules();
    const [stored] = await api.rows(`EMAIL#${email_id}`);
    expect(stored).toMatchObject({ state: 'discarded', last_failure: { kind: 'superseded' } });
    expect(mailTo(api, email)).toHaveLength(1);
    expect(await verify({ verification: linkIn(api, email).token })).toMatchObject({ http: 200 });
  });

  it('It is sent again by hand while it waits, and not once it is parked', async () => {
    const { row, email_id } = await saved(`fault.${anAddress()}`);
    const token = api.tokens.employee;
    expect(await api.post('emails/resend', { token, email_id })).toMatchObject({ http: 200 });
    await api.put({ ...row, state: 'parked', unsent: 'PARKED' });
    expect(await api.post('emails/resend', { token, email_id })).toMatchObject({
      errors: [{ param: 'email_id', code: 'without-text' }],
    });
    expect(await api.post('emails/discard', { token, email_id })).toMatchObject({ http: 200 });
  });

  it('Whoever registers addresses that take no mail has nobody told, and nothing waits for the team', async () => {
    const before = await api.rows('NOTIFICATION');
    const answer = await api.postEncoded('users/register', {
      email: `rejected.${randomUUID()}@example.org`,
      password: 'correct horse',
      name: 'Nu',
    });
    expect(answer).toMatchObject({ status: 'mandrill-email-failed', data: { user: { name: 'Nu' } } });
    const user_id = answer.data?.user.user_id;
    const row = (await api.rowsStarting('EMAIL#')).find((each) => each.user_id === user_id);
    expect(row).toMatchObject({ state: 'discarded', last_failure: { cause: 'hard-bounce' } });
    expect(row).not.toHaveProperty('unsent');
    expect(await api.rows('NOTIFICATION')).toEqual(before);
  });
});
