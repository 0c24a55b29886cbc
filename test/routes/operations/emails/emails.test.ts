import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SavedEmailView } from '../../../../functions/outbox/email-view.ts';
import { markSent } from '../../../../functions/outbox/outbox.ts';
import { tableBehind, waitingEmail } from '../../../support/behind.ts';
import { type Answer, TestStack } from '../../../support/local-stack.ts';

let api: TestStack;
beforeAll(async () => {
  api = await TestStack.start();
});
afterAll(() => api.stop());

interface Data {
  emails: SavedEmailView[];
  next_cursor: string | null;
  email: SavedEmailView;
}
const dataOf = (answer: Answer): Data => {
  expect(answer.status).toBe('action-successful');
  return answer.data as unknown as Data;
};
const list = async (query: Record<string, string> = {}): Promise<Data> =>
  dataOf(await api.get(`emails/list?${new URLSearchParams(query)}`, api.tokens.employee));
/** All pages, one after the other. */
const listAll = async (query: Record<string, string>): Promise<SavedEmailView[]> => {
  const found: SavedEmailView[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page = await list({ ...query, ...(cursor && { cursor }) });
    expect(page.emails.length).toBeLessThanOrEqual(Number(query.limit));
    found.push(...page.emails);
    cursor = page.next_cursor;
  }
  return found;
};
const show = (email_id: number) => api.get(`emails/show?email_id=${email_id}`, api.tokens.employee);
const decide = (verb: 'resend' | 'discard', email_id: number) =>
  api.post(`emails/${verb}`, { token: api.tokens.employee, email_id });
const waiting = (state: 'sending' | 'unsent' | 'parked', given = {}) =>
  waitingEmail(tableBehind(api), state, given);
/** An e-mail to the demo client. */
const toDemoClient = () => ({ client_id: api.order('plain_1').client_id });

describe('emails/list', () => {
  it('The list of e-mails has those of a state page by page, the longest due first, each once', async () => {
    const at = (index: number) => new Date(Date.UTC(2026, 9, 1, 9, Math.floor(index / 3)));
    // Three each are due at one time.
    const made = await Promise.all(
      Array.from({ length: 24 }, (_, index) =>
        waiting((['sending', 'unsent', 'parked'] as const)[index % 3] ?? 'sending', { at: at(index) }),
      ),
    );
    const same = await Promise.all(Array.from({ length: 5 }, () => waiting('parked', { at: at(0) })));
    const sent = await waiting('sending');
    await markSent(tableBehind(api), sent, 'mandrill-1', new Date());

    const all = await listAll({ limit: '4' });
    expect(all.map(({ email_id }) => email_id).toSorted()).toEqual(
      [...made, ...same].map(({ email_id }) => email_id).toSorted(),
    );
    const times = all.map(({ due_at }) => due_at);
    expect(times).toEqual(times.toSorted());
    for (const [index, state] of ['sending', 'unsent', 'parked'].entries()) {
      const ofState = await listAll({ state, limit: '3' });
      expect(ofState).toEqual(all.filter((email) => email.state === state));
      expect(ofState).toHaveLength(
        made.filter((_, each) => each % 3 === index).length + (index === 2 ? 5 : 0),
      );
    }
  });

  it('The list of e-mails refuses a state in which an e-mail is done with', async () => {
    const { errors } = await api.get('emails/list?state=sent', api.tokens.employee);
    expect(errors).toMatchObject([{ param: 'state', code: 'not-one-of' }]);
  });
});

describe('emails/show', () => {
  it('An e-mail that is shown tells what has become of it, but neither what it says nor where it goes', async () => {
    const email = await waiting('parked', { at: new Date('2026-11-02T09:00:00.000Z') });
    const { email_id, kind, subject, client_id, order_id, request_id, created_at } = email;
    expect(dataOf(await show(email_id)).email).toEqual({
      ...{ email_id, kind, subject, client_id, order_id, request_id, created_at },
      user_id: null,
      state: 'parked',
      attempts: 1,
      due_at: '2026-11-02T09:00:00.000Z',
      last_failure: { kind: 'rejected', cause: 'spam', at: '2026-11-02T09:00:00.000Z' },
      sent_at: null,
    });
  });

  it('An e-mail that is shown has null for what there is not', async () => {
    const { order_id: _, ...email } = await waiting('sending');
    const alone = await waiting('sending', { ...email, email_id: email.email_id + 1, order_id: undefined });
    await markSent(tableBehind(api), alone, 'mandrill-1', new Date());
    expect(dataOf(await show(alone.email_id)).email).toMatchObject({
      state: 'sent',
      order_id: null,
      due_at: null,
      last_failure: null,
      sent_at: expect.any(String),
    });
  });
});

describe('emails/resend', () => {
  it.each(['parked', 'unsent'] as const)('An e-mail that is %s is sent when it is resent', async (state) => {
    const { email_id } = await waiting(state, toDemoClient());
    const { email } = dataOf(await decide('resend', email_id));
    expect(email).toMatchObject({ email_id, state: 'unsent', attempts: 1, last_failure: { cause: 'spam' } });
    expect(dataOf(await show(email_id)).email).toEqual(email);
    await api.stack.runSchedules();
    expect(dataOf(await show(email_id)).email).toMatchObject({ state: 'sent', attempts: 2, due_at: null });
    expect(api.stack.messages().filter(({ metadata }) => metadata?.email_id === email_id)).toHaveLength(1);
  });
});

describe('emails/discard', () => {
  it.each(['parked', 'unsent'] as const)(
    'An e-mail that is %s is given up when it is discarded',
    async (state) => {
      const { email_id } = await waiting(state, toDemoClient());
      const { email } = dataOf(await decide('discard', email_id));
      expect(email).toMatchObject({ email_id, state: 'discarded', due_at: null });
      expect(dataOf(await show(email_id)).email).toEqual(email);
      await api.stack.runSchedules();
      expect(dataOf(await show(email_id)).email).toMatchObject({ state: 'discarded', attempts: 1 });
    },
  );
});

/** An e-mail whose row is another than this release would write. */
const waitingAs = async (row: object) => {
  const { email_id } = await waiting('parked');
  const [stored] = await api.rows(`EMAIL#${email_id}`);
  await api.put({ ...stored, ...row });
  return email_id;
};

describe('an e-mail whose row cannot be read', () => {
  it('An e-mail that cannot be read is not listed, cannot be resent, and can be discarded, with a key too', async () => {
    const email_id = await waitingAs({ subject: 7 });
    expect((await list({ state: 'parked', limit: '100' })).emails).not.toContainEqual(
      expect.objectContaining({ email_id }),
    );
    expect((await decide('resend', email_id)).errors).toMatchObject([
      { param: 'email_id', code: 'unreadable' },
    ]);
    const params = { token: api.tokens.employee, email_id };
    for (let times = 0; times < 2; times += 1) {
      const answer = await api.post('emails/discard', params, { 'idempotency-key': `discard-${email_id}` });
      expect(dataOf(answer).email).toBeNull();
    }
    expect((await api.rows(`EMAIL#${email_id}`))[0]).toMatchObject({ state: 'discarded' });
  });
});

describe('an e-mail in a state of another release', () => {
  it('An e-mail in a state of another release is listed and shown, and can be discarded, but not resent', async () => {
    const email_id = await waitingAs({ state: 'scheduled' });
    expect((await list({ limit: '100' })).emails).toContainEqual(
      expect.objectContaining({ email_id, state: 'scheduled' }),
    );
    expect(dataOf(await show(email_id)).email).toMatchObject({ state: 'scheduled' });
    expect((await decide('resend', email_id)).errors).toMatchObject([
      { param: 'email_id', code: 'unknown-state' },
    ]);
    expect(dataOf(await decide('discard', email_id)).email).toMatchObject({ state: 'discarded' });
  });
});

describe.each(['resend', 'discard'] as const)('emails/%s', (verb) => {
  const refusal = async (email_id: number) => (await decide(verb, email_id)).errors;

  it('An e-mail that is being sent, was sent or was discarded is refused, and it is told which', async () => {
    const email = await waiting('sending');
    const { email_id } = email;
    expect(await refusal(email_id)).toMatchObject([{ param: 'email_id', code: 'being-sent' }]);
    await markSent(tableBehind(api), email, 'mandrill-1', new Date());
    expect(await refusal(email_id)).toMatchObject([{ param: 'email_id', code: 'sent' }]);
    const discarded = await waiting('parked');
    await decide('discard', discarded.email_id);
    expect(await refusal(discarded.email_id)).toMatchObject([{ param: 'email_id', code: 'discarded' }]);
  });

  it('An e-mail that is not there is refused, as it is when it is to be shown', async () => {
    expect(await refusal(1)).toMatchObject([{ param: 'email_id', code: 'not-found' }]);
    expect((await show(1)).errors).toEqual(await refusal(1));
  });
});

it('Who decides about an e-mail by the API stands in the audit trail, once for a request that is sent again', async () => {
  const { email_id } = await waiting('parked');
  const params = { token: api.tokens.employee, email_id };
  for (let times = 0; times < 2; times += 1) {
    await api.post('emails/resend', params, { 'idempotency-key': `audit-${email_id}` });
  }
  await decide('discard', email_id);
  const month = new Date().toISOString().slice(0, 7);
  const { session } = await api.get('sessions/show', api.tokens.employee);
  const entries = (await api.rows(`AUDIT#${month}`)).filter(({ about }) =>
    isDeepStrictEqual(about, { kind: 'email', id: email_id }),
  );
  expect(entries.map(({ action, by, release }) => ({ action, by, release }))).toEqual(
    ['emails/resend', 'emails/discard'].map((action) => ({
      action,
      by: { kind: 'user', id: session?.user_id },
      release: 'version 1',
    })),
  );
});
