import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { useKey } from '../../functions/accounts/session-use.ts';
import { tokenKey } from '../../functions/accounts/tokens.ts';
import { applicationCommands } from '../../ops/applications.ts';
import { TestStack } from '../support/local-stack.ts';
import { runOps } from '../support/ops.ts';

/** Tokens of programs that end, and of which it is known when they were used. */
let api: TestStack;
beforeAll(async () => {
  api = await TestStack.start();
});
afterAll(() => api.stop());

const ops = (...words: string[]) => runOps(applicationCommands, api.target, 'applications', ...words);
const tokenIn = (printed: string) => /app_\S+/.exec(printed)?.[0] ?? '';
const created = async (...options: string[]) => {
  const printed = await ops('create', randomUUID(), '--scope', 'orders:read', ...options);
  return { id: /Application (\d+)/.exec(printed)?.[1] ?? '', token: tokenIn(printed) };
};
const rowOf = async (token: string) => (await api.rows(tokenKey(token).pk))[0] ?? {};
const list = (token: string) => api.get('orders/list?limit=1', token);
const inADay = () => new Date(Date.now() + 24 * 60 * 60 * 1_000).toISOString();

it('A token of an application ends when it was said, and is forgotten then', async () => {
  const ends = inADay();
  const { id, token } = await created('--expires', ends);
  expect(await list(token)).toMatchObject({ http: 200 });
  expect(await ops('show', id)).toContain(ends);
  const row = await rowOf(token);
  expect(row).toMatchObject({ valid_until: ends, expires_at: Math.ceil(Date.parse(ends) / 1_000) });
  await api.put({ ...row, valid_until: new Date(Date.now() - 1).toISOString() });
  expect(await list(token)).toMatchObject({ http: 401, status: 'invalid-token' });
});

it('A rotation gives the second token an end of its own', async () => {
  const { id, token } = await created('--expires', inADay());
  const [forever, ends] = [tokenIn(await ops('rotate', id)), inADay()];
  expect(await rowOf(forever)).not.toHaveProperty('valid_until');
  await ops('rotate', id, '--finish');
  expect(await list(token)).toMatchObject({ status: 'invalid-token' });
  expect(await rowOf(tokenIn(await ops('rotate', id, '--expires', ends)))).toMatchObject({
    valid_until: ends,
  });
});

it('A token that would have ended already is not made', async () => {
  await expect(created('--expires', '2026-01-01')).rejects.toThrow('It is past');
});

it('The first use of a token on a day is noted, by what reads and by what writes', async () => {
  const { id, token } = await created();
  expect(await ops('show', id)).toContain('not yet');
  const key = useKey(tokenKey(token));
  const today = new Date().toISOString().slice(0, 10);
  const lastUse = async () => (await api.rows(key.pk))[0]?.last_used_at;
  await list(token);
  const first = await lastUse();
  expect(String(first)).toMatch(/^20/);
  await list(token);
  expect(await lastUse()).toBe(first);
  await api.put({ ...key, last_used_at: '2026-01-02T03:04:05.000Z' });
  expect(await ops('list')).toMatch(new RegExp(`^${id} .* 2026-01-02$`, 'm'));
  await list(token);
  expect(String(await lastUse()) >= today).toBe(true);

  const writes = await ops('create', randomUUID(), '--scope', 'orders:write');
  const { client_id } = api.freshOrder();
  const order = {
    client_id,
    line_items: [{ name: 'Windows', quantity: 1 }],
    appointment: { scheduled_for: '2037-01-01T09:00:00.000Z' },
  };
  expect(await api.post('orders/create', { token: tokenIn(writes), ...order })).toMatchObject({ http: 200 });
  const [used] = await api.rows(useKey(tokenKey(tokenIn(writes))).pk);
  expect(String(used?.last_used_at) >= today).toBe(true);
});
