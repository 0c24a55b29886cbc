import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_USERS } from '../../../infra/local/demo.ts';
import { anApplicationToken } from '../../support/echo-route.ts';
import { type Answer, TestStack } from '../../support/local-stack.ts';

const [ADA = '', MAX = ''] = DEMO_USERS;

let api: TestStack;
let [ada, max] = [0, 0];
beforeAll(async () => {
  api = await TestStack.start();
  [ada, max] = [api.order('plain_1').client_id, api.order('other').client_id];
});
afterAll(() => api.stop());

const show = (query: string, token: string) => api.get(`clients/show?${query}`, token);
const update = (params: object) => api.post('clients/update', params);

describe('showing a client', () => {
  it.each(['liaison', 'employee', 'application', 'application_read_only'] as const)(
    'A client is shown to the token %s, by its id and by its address',
    async (name) => {
      const token = api.tokens[name];
      const byId = await show(`client_id=${ada}`, token);
      expect(byId).toMatchObject({ http: 200, status: 'action-successful' });
      expect(byId.data?.client).toEqual({
        client_id: ada,
        name: 'Ada Brook',
        email: ADA,
        phone: null,
        company_name: null,
        address: null,
        created_at: expect.stringMatching(/Z$/),
      });
      expect((await show(`email=${ADA.toUpperCase()}`, token)).data).toEqual(byId.data);
    },
  );

  it('A client is shown itself when it names nobody, and whoever is none has to name one', async () => {
    expect((await show('', api.tokens.client)).data?.client.client_id).toBe(ada);
    for (const token of [api.tokens.liaison, api.tokens.employee, api.tokens.application]) {
      expect(await show('', token)).toMatchObject({
        status: 'missing-param',
        errors: [{ param: 'client_id', code: 'missing' }],
      });
    }
  });

  it('A client of somebody else is not told from one that does not exist', async () => {
    for (const token of [api.tokens.client, api.tokens.liaison]) {
      const absent = await show('client_id=1', token);
      expect(absent).toMatchObject({ http: 400, errors: [{ param: 'client_id', code: 'not-found' }] });
      expect((await show(`client_id=${max}`, token)).errors).toEqual(absent.errors);
      const nobody = await show('email=nobody@example.com', token);
      expect(nobody).toMatchObject({ http: 400, errors: [{ param: 'email', code: 'not-found' }] });
      expect((await show(`email=${MAX}`, token)).errors).toEqual(nobody.errors);
    }
  });

  it('A client is named in one way', async () => {
    expect((await show(`client_id=${ada}&email=${ADA}`, api.tokens.employee)).errors).toMatchObject([
      { param: 'email', code: 'conflicting' },
    ]);
    expect((await show('email=nobody', api.tokens.employee)).errors).toMatchObject([
      { param: 'email', code: 'malformed' },
    ]);
  });
});

describe('listing clients', () => {
  const list = async (token: string, query = ''): Promise<number[]> =>
    ((await api.get(`clients/list${query}`, token)).data?.clients ?? []).map(({ client_id }) => client_id);

  it('Clients are listed to those who may see them, and to no others', async () => {
    expect(await list(api.tokens.client)).toEqual([ada]);
    expect(await list(api.tokens.liaison)).toEqual([ada]);
    for (const token of [api.tokens.employee, api.tokens.application_read_only]) {
      expect(await list(token, '?limit=100')).toEqual(expect.arrayContaining([ada, max]));
    }
  });

  it('Clients are listed page by page, and whoever has just become one is the first', async () => {
    const { session } = await api.postEncoded('users/register', {
      email: `${randomUUID()}@example.org`,
      password: 'a good password',
      name: 'Nu',
    });
    const { data } = await api.post('users/client_register', { token: session?.token, phone: '7' });
    const [first] = await list(api.tokens.employee, '?limit=1');
    expect(first).toBe(data?.user.client_id);
    const all = await list(api.tokens.employee, '?limit=100');
    const paged: number[] = [];
    let cursor = '';
    do {
      const page = await api.get(`clients/list?limit=3${cursor}`, api.tokens.employee);
      paged.push(...(page.data?.clients ?? []).map(({ client_id }) => client_id));
      cursor = page.data?.next_cursor ? `&cursor=${page.data.next_cursor}` : '';
    } while (cursor !== '');
    expect(paged).toEqual(all);
  });
});

describe('changing a client', () => {
  it('A client changes itself, and only what it gives', async () => {
    const token = api.tokens.other_client;
    const given = { phone: '+44 20 7946 0018', address: '1 Long Road\nLeeds' };
    expect((await update({ token, ...given })).data?.client).toMatchObject(given);
    const company = await update({ token, company_name: 'Hill & Co', phone: '' });
    expect(company.data?.client).toMatchObject({ ...given, phone: null, company_name: 'Hill & Co' });
    expect((await show('', token)).data).toEqual(company.data);
  });

  it.each(['liaison', 'employee', 'application'] as const)(
    'A client is changed by the token %s, which names it',
    async (name) => {
      const token = api.tokens[name];
      const phone = randomUUID();
      expect(await update({ token, client_id: ada, phone })).toMatchObject({
        http: 200,
        data: { client: { client_id: ada, phone } },
      });
      for (const nobody of [{}, { client_id: null }]) {
        expect(await update({ token, phone, ...nobody })).toMatchObject({
          status: 'missing-param',
          errors: [{ param: 'client_id', code: 'missing' }],
        });
      }
    },
  );

  it('Of changes of one client at once each answers a state that there was, and none is lost', async () => {
    const token = api.tokens.employee;
    const names = ['phone', 'company_name', 'address'] as const;
    const all = await Promise.all(names.map((name) => update({ token, client_id: ada, [name]: name })));
    const said = ({ data }: Answer): string[] => names.filter((name) => data?.client[name] === name);
    // Each has all that the one before it had: they can be told in a row.
    const inTurn = all.map(said).sort((one, other) => one.length - other.length);
    expect(inTurn.map(({ length }) => length)).toEqual([1, 2, 3]);
    for (const [index, before] of inTurn.slice(0, 2).entries()) {
      expect(inTurn[index + 1]).toEqual(expect.arrayContaining(before));
    }
  });

  it('A client is changed by a program that may not see it, which is not shown it', async () => {
    const { token, row } = anApplicationToken('orders:write');
    await api.put(row);
    const phone = randomUUID();
    for (const given of [{}, { phone }]) {
      const answer = await update({ token, client_id: ada, ...given });
      expect(answer).toMatchObject({ http: 200, status: 'action-successful', data: {} });
      expect(answer.data).not.toHaveProperty('client');
    }
    expect((await show(`client_id=${ada}`, api.tokens.employee)).data?.client.phone).toBe(phone);
  });

  it('A client of somebody else cannot be changed, and is not told from one that does not exist', async () => {
    for (const token of [api.tokens.client, api.tokens.liaison]) {
      const absent = await update({ token, client_id: 1, phone: '1' });
      expect(absent).toMatchObject({ http: 400, errors: [{ param: 'client_id', code: 'not-found' }] });
      expect((await update({ token, client_id: max, phone: '1' })).errors).toEqual(absent.errors);
    }
    expect(await update({ token: api.tokens.application_read_only, client_id: ada })).toMatchObject({
      status: 'invalid-token',
    });
  });

  it('A client says nothing that is blank, too long, or not in one line', async () => {
    const { errors } = await update({
      token: api.tokens.client,
      phone: '1\n2',
      company_name: ' ',
      address: 'a'.repeat(1_001),
    });
    expect(errors).toMatchObject([
      { param: 'phone', code: 'malformed' },
      { param: 'company_name', code: 'blank' },
      { param: 'address', code: 'too-long' },
    ]);
  });

  it('A client that is changed again under one key is changed once', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const params = { token: api.tokens.client, phone: 'first' };
    const first = await api.post('clients/update', params, key);
    await update({ ...params, phone: 'second' });
    const again = await api.post('clients/update', params, key);
    expect(again.data).toEqual(first.data);
    expect((await show('', api.tokens.client)).data?.client.phone).toBe('second');
  });
});
