import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestStack } from '../../../support/local-stack.ts';

let api: TestStack;
beforeAll(async () => {
  api = await TestStack.start();
});
afterAll(() => api.stop());

const show = (order_id: unknown, token: string) => api.get(`orders/show?order_id=${order_id}`, token);

it.each(['client', 'liaison', 'employee', 'application', 'application_read_only'] as const)(
  'An order is shown to the token %s',
  async (name) => {
    const { order_id } = api.order('plain_1');
    const answer = await show(order_id, api.tokens[name]);
    expect(answer).toMatchObject({ http: 200, status: 'action-successful' });
    expect(answer.data?.order).toEqual(await api.storedOrder(order_id));
  },
);

it('An order of somebody else is not told from one that does not exist', async () => {
  const absent = await show(1, api.tokens.client);
  expect(absent).toMatchObject({ http: 400, errors: [{ param: 'order_id', code: 'not-found' }] });
  for (const token of [api.tokens.client, api.tokens.liaison]) {
    expect((await show(api.order('other').order_id, token)).errors).toEqual(absent.errors);
  }
});

it.each([
  ['0', 'too-small'],
  ['-0', 'too-small'],
  ['-1', 'too-small'],
  ['9007199254740992', 'too-large'],
  ['99999999999999999999', 'too-large'],
  ['1.0', 'malformed'],
  ['1e3', 'malformed'],
  ['0x10', 'malformed'],
  [' 1', 'malformed'],
  ['one', 'malformed'],
  ['1,2', 'malformed'],
  ['', 'malformed'],
])('An order_id of %j is refused once, as %s', async (order_id, code) => {
  const { status, errors } = await show(encodeURIComponent(order_id), api.tokens.client);
  expect(errors).toHaveLength(1);
  expect({ status, errors }).toMatchObject({
    status: 'invalid-param',
    errors: [{ param: 'order_id', code }],
  });
});

it('An order is shown by an order_id and a token, and never by a token in the query string', async () => {
  expect(await api.get('orders/show', api.tokens.client)).toMatchObject({
    status: 'missing-param',
    errors: [{ param: 'order_id', code: 'missing' }],
  });
  const { order_id } = api.order('plain_1');
  expect(await api.send(`orders/show?order_id=${order_id}`, {})).toMatchObject({
    status: 'missing-param',
    errors: [{ param: 'token', code: 'missing' }],
  });
  expect(await api.send(`orders/show?order_id=${order_id}&token=${api.tokens.client}`, {})).toMatchObject({
    status: 'invalid-param',
    errors: [{ param: 'token', code: 'in-query' }],
  });
});
