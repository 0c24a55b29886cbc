import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestStack } from '../support/local-stack.ts';

/** What release 0.2.0 has answered under idempotency keys, asked for again of today's functions on its rows. */
interface Answered {
  path: string;
  key: string;
  body: string;
  http: number;
  answer: { status: string; message: string; data?: unknown; session?: { token: string } };
}
const { answered, rows } = JSON.parse(readFileSync(new URL('0.2.0/rows.json', import.meta.url), 'utf8')) as {
  answered: Answered[];
  rows: Record<string, unknown>[];
};

let api: TestStack;
beforeAll(async () => {
  api = await TestStack.start({ isDescribed: false });
  const now = new Date().toISOString();
  // However long ago they were opened, sessions are as young as they were then.
  const young = { created_at: now, last_used_at: now, expires_at: Math.ceil(Date.now() / 1_000) + 86_400 };
  for (const row of rows) await api.put(row.kind === 'session' ? { ...row, ...young } : row);
});
afterAll(() => api.stop());

it('The answers of release 0.2.0 are of each kind, with one request that was refused', () => {
  const statuses = new Set(answered.map(({ answer }) => answer.status));
  expect([...statuses].toSorted()).toEqual(['action-successful', 'invalid-param', 'mandrill-email-failed']);
});

it.each(answered)(
  'A request to $path under $key is answered as release 0.2.0 has answered it',
  async ({ path, key, body, http, answer }) => {
    const again = await api.send(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body,
    });
    const { status, message, data, session } = again;
    expect({ http: again.http, status, message }).toEqual({
      http,
      status: answer.status,
      message: answer.message,
    });
    // Word for word, and so in the same order.
    expect(JSON.stringify(data)).toBe(JSON.stringify(answer.data));
    expect(session?.token).toBe(answer.session?.token);
    expect(again.headers.get('idempotent-replayed')).toBe(http === 400 ? null : 'true');
  },
);
