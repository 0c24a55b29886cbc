import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from '../../functions/routes/catalogue.ts';
import { idempotencyRows } from '../../functions/table/idempotency-record.ts';
import { sendAndCut } from '../support/cut.ts';
import { type Answer, TestStack } from '../support/local-stack.ts';
import { soundPosts } from '../support/posts.ts';

let api: TestStack;
beforeAll(async () => {
  api = await TestStack.start();
});
afterAll(() => api.stop());

const posts = catalogue.filter(({ method }) => method === 'POST');
type Post = Extract<(typeof catalogue)[number], { method: 'POST' }>;

const keyed = (key: string) => ({ 'idempotency-key': key });
const send = ({ path, sensitive }: Post, params: unknown, key: string): Promise<Answer> =>
  sensitive ? api.postEncoded(path, params, keyed(key)) : api.post(path, params, keyed(key));
/** What an answer says, whenever it is given. */
const said = ({ http, status, data, session }: Answer) => ({ http, status, data, session });
const isReplayed = ({ headers }: Answer) => headers.get('idempotent-replayed');

describe.each(posts as Post[])('$path', (route) => {
  const { path, sensitive } = route;

  it('A POST with a key is done once when its answer is lost and it is sent again', async () => {
    const key = randomUUID();
    const { params, effects } = await soundPosts[path](api);
    const text = JSON.stringify(params);
    await sendAndCut(api.stack.url, `/api/v1/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...keyed(key) },
      body: sensitive ? Buffer.from(text).toString('base64') : text,
    });
    expect(await effects()).toBe(1);
    const again = await send(route, params, key);
    expect(isReplayed(again)).toBe('true');
    expect(said(await send(route, params, key))).toEqual(said(again));
    expect(await effects()).toBe(1);
  });

  it('A POST with a key gives the first outcome again, and is done anew with another key only', async () => {
    const key = randomUUID();
    const { params } = await soundPosts[path](api);
    const first = await send(route, params, key);
    expect(isReplayed(first)).toBeNull();
    const again = await send(route, params, key);
    expect(said(again)).toEqual(said(first));
    expect(isReplayed(again)).toBe('true');
    expect(isReplayed(await send(route, params, randomUUID()))).toBeNull();
  });

  it('A POST with a key is done once when it is sent several times at once, and all get its outcome', async () => {
    const key = randomUUID();
    const { params, effects } = await soundPosts[path](api);
    // Instances that are still to start would be late: three that run already are.
    await Promise.all([1, 2, 3].map(() => send(route, {}, key)));
    const answers = await Promise.all([1, 2, 3].map(() => send(route, params, key)));
    expect(answers.map(said)).toEqual(answers.map(() => said(answers[0] as Answer)));
    expect(answers.filter((answer) => isReplayed(answer) === null)).toHaveLength(1);
    expect(await effects()).toBe(1);
  });

  it('A POST with a key that was sent with other parameters is refused', async () => {
    const key = randomUUID();
    const { params, others, effects } = await soundPosts[path](api);
    await send(route, params, key);
    const answer = await send(route, others, key);
    expect(answer).toMatchObject({ http: 400, status: 'invalid-param' });
    expect(answer.errors).toContainEqual({
      param: 'Idempotency-Key',
      code: 'reused',
      message: 'Idempotency-Key was sent before, with other parameters.',
    });
    expect(isReplayed(answer)).toBeNull();
    expect(await effects()).toBe(1);
  });

  it('A POST with a key that is none is refused', async () => {
    const { params, effects } = await soundPosts[path](api);
    for (const key of ['', 'with space', 'x'.repeat(256), 'ümlaut', 'one,one', ',']) {
      const answer = await send(route, params, key);
      expect(answer).toMatchObject({ status: 'invalid-param' });
      expect(answer.errors).toMatchObject([{ param: 'Idempotency-Key', code: 'malformed' }]);
    }
    expect(await effects()).toBe(0);
    expect((await send(route, params, '~'.repeat(255))).errors).toBeUndefined();
  });
});

it('What is remembered under keys holds no token and no password', async () => {
  const rows = await api.rowsStarting('IDEMPOTENCY#');
  const records = JSON.stringify(rows.map((row) => [row, idempotencyRows.read(row)]));
  expect(records).toContain('fingerprint');
  expect(records).not.toMatch(/(ses|app)_[\w-]{20}/);
  expect(records).not.toContain('a good password');
});
