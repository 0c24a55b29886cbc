import { describe, expect, it } from 'vitest';
import type { Email } from '../../functions/outbox/email.ts';
import {
  findSavedEmail,
  markFailed,
  markSent,
  savedEmail,
  takeDueEmail,
  takeEmail,
} from '../../functions/outbox/outbox.ts';
import { shardOf } from '../../functions/outbox/outbox-index.ts';
import type { EmailAtHand } from '../../functions/outbox/outbox-row.ts';
import { anEmail } from '../support/emails.ts';
import { NOW } from '../support/sessions.ts';
import { answerLost } from '../support/wire.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();
const LEASE_MS = 20_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const at = (milliseconds: number): Date => new Date(NOW.getTime() + milliseconds);
const later = (milliseconds: number): string => at(milliseconds).toISOString();

const saved = async (given: Partial<Email> = {}) => {
  const email = anEmail(given);
  await db.open().transact([savedEmail(email, NOW)]);
  return { email, stored: async () => (await db.rows(`EMAIL#${email.email_id}`))[0] };
};
const timeout = { kind: 'timeout', cause: 'no answer in time', permanent: false } as const;
const rejection = { kind: 'rejected', cause: 'hard-bounce', permanent: true } as const;
const fail = (email: EmailAtHand, now = NOW, failure: Parameters<typeof markFailed>[2] = timeout) =>
  markFailed(db.open(), email, failure, now);
const take = (email_id: number, now: Date) => takeEmail(db.open(), email_id, now);
const takeDue = (email_id: number, now: Date) => takeDueEmail(db.open(), email_id, now);

/** Takes an e-mail that can be taken. */
const taken = async (email_id: number, now: Date) => {
  const email = await take(email_id, now);
  if (email === undefined) throw new Error('it could not be taken');
  return email;
};

it('An e-mail is saved leased to its request, and is due if that dies', async () => {
  const { email, stored } = await saved();
  expect(await stored()).toEqual({
    pk: `EMAIL#${email.email_id}`,
    sk: 'EMAIL',
    ...email,
    state: 'sending',
    attempts: 1,
    unsent: shardOf(email.email_id),
    due_at: later(LEASE_MS),
  });
});

it('An e-mail is never saved over another', async () => {
  const { email } = await saved();
  await expect(db.open().transact([savedEmail(email, NOW)])).rejects.toThrow('two e-mails have one id');
});

it('An e-mail that was sent is due no more, and is forgotten after 90 days', async () => {
  const { email, stored } = await saved();
  await markSent(db.open(), email, 'mandrill-1', NOW);
  const row = await stored();
  expect(row).toMatchObject({
    ...email,
    state: 'sent',
    sent_at: NOW.toISOString(),
    mandrill_id: 'mandrill-1',
    attempts: 1,
    expires_at: NOW.getTime() / 1_000 + 90 * 24 * 60 * 60,
  });
  expect(row).not.toHaveProperty('due_at');
  expect(row).not.toHaveProperty('unsent');
});

it('An e-mail that failed is due again after a pause, with why', async () => {
  const { email, stored } = await saved();
  await fail(email);
  expect(await stored()).toMatchObject({
    ...email,
    state: 'unsent',
    attempts: 1,
    unsent: shardOf(email.email_id),
    due_at: later(MINUTE_MS),
    last_failure: { kind: 'timeout', cause: 'no answer in time', at: NOW.toISOString() },
  });
});

it('An e-mail that was refused for good is parked, and waits for an operator since then', async () => {
  const { email, stored } = await saved();
  expect(await fail(email, at(5), rejection)).toEqual({ state: 'parked' });
  expect(await stored()).toMatchObject({
    state: 'parked',
    attempts: 1,
    unsent: 'PARKED',
    due_at: later(5),
    last_failure: { kind: 'rejected', cause: 'hard-bounce', at: later(5) },
  });
});

it('Each try of an e-mail is counted, and the pause after it grows', async () => {
  const { email, stored } = await saved();
  await fail(email);
  for (const [attempts, pause] of [
    [2, 2],
    [3, 5],
  ] as const) {
    const again = await taken(email.email_id, NOW);
    expect(again).toMatchObject({ ...email, attempts });
    await fail(again);
    expect(await stored()).toMatchObject({
      state: 'unsent',
      attempts,
      tries: attempts,
      due_at: later(pause * MINUTE_MS),
    });
  }
  await markSent(db.open(), await taken(email.email_id, NOW), 'mandrill-1', NOW);
  expect(await stored()).toMatchObject({ state: 'sent', attempts: 4 });
});

it('An e-mail that fails when its 24 hours are over is parked', async () => {
  const { email, stored } = await saved();
  await fail(email);
  const last = await taken(email.email_id, at(24 * HOUR_MS));
  expect(await fail(last, at(24 * HOUR_MS))).toEqual({ state: 'parked' });
  expect(await stored()).toMatchObject({ state: 'parked', attempts: 2, last_failure: { kind: 'timeout' } });
  expect(await take(email.email_id, at(25 * HOUR_MS))).toBeUndefined();
});

it('An e-mail that is not there is not made by what became of it', async () => {
  const email = anEmail();
  await expect(markSent(db.open(), email, 'mandrill-1', NOW)).rejects.toMatchObject({
    name: 'ConditionalCheckFailedException',
  });
  await fail(email);
  expect(await take(email.email_id, NOW)).toBeUndefined();
  expect(await findSavedEmail(db.open(), email.email_id)).toBeUndefined();
  expect(await db.rows(`EMAIL#${email.email_id}`)).toEqual([]);
});

describe('a lease', () => {
  it('A lease of an e-mail is nobody else’s until it has run out', async () => {
    const { email, stored } = await saved();
    for (const attempt of [take, takeDue]) {
      expect(await attempt(email.email_id, at(LEASE_MS - 1))).toBeUndefined();
    }
    expect(await takeDue(email.email_id, at(LEASE_MS))).toMatchObject({ ...email, attempts: 2 });
    expect(await stored()).toMatchObject({ state: 'sending', due_at: later(2 * LEASE_MS) });
  });

  it('A lease is one’s, of any number that take an e-mail at once', async () => {
    const { email } = await saved();
    await fail(email);
    const all = await Promise.all(Array.from({ length: 20 }, () => take(email.email_id, at(HOUR_MS))));
    expect(all.filter((one) => one !== undefined)).toHaveLength(1);
  });

  it('A lease of an unsent e-mail that is not due is given only to who asks for that one', async () => {
    const { email } = await saved();
    await fail(email);
    expect(await takeDue(email.email_id, at(MINUTE_MS - 1))).toBeUndefined();
    expect(await take(email.email_id, at(1))).toMatchObject(email);
  });

  it.each(['sent', 'parked'])('A lease is not given for an e-mail that is %s', async (state) => {
    const { email } = await saved();
    await (state === 'sent' ? markSent(db.open(), email, 'mandrill-1', NOW) : fail(email, NOW, rejection));
    for (const attempt of [take, takeDue]) expect(await attempt(email.email_id, at(HOUR_MS))).toBeUndefined();
  });

  it('A lease whose grant got lost on the way is not given again before it runs out', async () => {
    const { email, stored } = await saved();
    await fail(email);
    db.wire.fail('UpdateItem', answerLost);
    expect(await take(email.email_id, at(HOUR_MS))).toBeUndefined();
    expect(await stored()).toMatchObject({ state: 'sending', due_at: later(HOUR_MS + LEASE_MS) });
  });
});

describe('what comes late from a lease that has run out', () => {
  it('A failure that comes late, after its lease, changes nothing of what the next one does', async () => {
    const { email, stored } = await saved();
    const next = await taken(email.email_id, at(MINUTE_MS));
    await fail(email, at(MINUTE_MS));
    // It is parked neither: nobody is to be told so.
    expect(await fail(email, at(MINUTE_MS), rejection)).toBeUndefined();
    expect(await stored()).toMatchObject({ state: 'sending', attempts: 2 });
    await markSent(db.open(), next, 'mandrill-2', at(MINUTE_MS));
    const sent = await stored();
    await fail(email, at(2 * MINUTE_MS));
    expect(await stored()).toEqual(sent);
  });

  it('An e-mail is sent also when that comes late, after the lease: it must not be sent once more', async () => {
    const { email, stored } = await saved();
    const next = await taken(email.email_id, at(MINUTE_MS));
    await markSent(db.open(), email, 'mandrill-1', at(MINUTE_MS));
    await fail(next, at(MINUTE_MS));
    expect(await stored()).toMatchObject({ state: 'sent', mandrill_id: 'mandrill-1' });
    expect(await take(email.email_id, at(HOUR_MS))).toBeUndefined();
  });
});

describe('tries', () => {
  const attemptsAfter = async (email_id: number, row: object) => {
    const [stored] = await db.rows(`EMAIL#${email_id}`);
    await db.put({ ...stored, ...row });
    const again = await taken(email_id, at(HOUR_MS));
    await fail(again, at(HOUR_MS), { ...timeout, kind: 'mandrill-error', cause: 'ValidationError' });
  };

  it.each([
    ['counts all attempts before', { attempts: 4 }, 30],
    ['counts none of one that was sent again by hand', { attempts: 9, tried_since: later(0) }, 1],
  ])('The tries of a row that release 0.2 has left are read: it %s', async (_, row, minutes) => {
    const { email, stored } = await saved();
    await attemptsAfter(email.email_id, { state: 'unsent', ...row });
    expect(await stored()).toMatchObject({ due_at: later(HOUR_MS + minutes * MINUTE_MS) });
  });

  it('The tries of an e-mail do not count one for which Mandrill was not asked', async () => {
    const { email, stored } = await saved();
    await fail(email, NOW, { ...timeout, untried: true });
    expect(await stored()).toMatchObject({ state: 'unsent', tries: 0, due_at: later(MINUTE_MS) });
  });
});

describe('an e-mail whose row cannot be read', () => {
  const spoilt = async (row: object) => {
    const { email, stored } = await saved();
    await db.put({ ...(await stored()), ...row });
    return { ...email, stored };
  };

  it.each([
    ['subject', { subject: 7 }],
    ['state', { state: 7 }],
    ['attempts', { attempts: 'many' }],
  ])(
    'An e-mail that cannot be read (%s) is nobody’s, but waits for an operator, and is told',
    async (path, row) => {
      const { email_id, stored } = await spoilt(row);
      const table = db.open();
      expect(await takeDueEmail(table, email_id, at(LEASE_MS))).toBeUndefined();
      expect(await stored()).toMatchObject({ state: 'parked', unsent: 'PARKED', due_at: later(LEASE_MS) });
      expect(table.unreadable).toMatchObject([
        { key: { pk: `EMAIL#${email_id}`, sk: 'EMAIL' }, issues: [{ path: [path] }] },
      ]);
    },
  );

  it('An e-mail that cannot be read stays as it is when it was sent', async () => {
    const { email_id, stored } = await spoilt({ subject: 7 });
    await markSent(db.open(), { email_id }, 'mandrill-1', NOW);
    const before = await stored();
    expect(await takeDueEmail(db.open(), email_id, at(LEASE_MS))).toBeUndefined();
    expect(await stored()).toEqual(before);
  });
});

it('An e-mail in a state of another release is nobody’s here, and stays as it is', async () => {
  const { email, stored } = await saved();
  await db.put({ ...(await stored()), state: 'bounced' });
  const before = await stored();
  const table = db.open();
  expect(await takeEmail(table, email.email_id, at(HOUR_MS))).toBeUndefined();
  expect(await stored()).toEqual(before);
  expect(table.unreadable).toEqual([]);
});

describe('looking at an e-mail', () => {
  it('A saved e-mail tells what has become of it', async () => {
    const { email } = await saved();
    const find = () => findSavedEmail(db.open(), email.email_id);
    expect(await find()).toEqual({ ...email, state: 'sending', attempts: 1, due_at: later(LEASE_MS) });
    await fail(email);
    const last_failure = { kind: 'timeout', cause: 'no answer in time', at: NOW.toISOString() };
    expect(await find()).toEqual({
      ...email,
      state: 'unsent',
      attempts: 1,
      tries: 1,
      due_at: later(MINUTE_MS),
      last_failure,
    });
    await markSent(db.open(), email, 'mandrill-1', NOW);
    expect(await find()).toEqual({
      ...email,
      state: 'sent',
      attempts: 1,
      tries: 1,
      last_failure,
      sent_at: NOW.toISOString(),
      mandrill_id: 'mandrill-1',
    });
  });

  it('A saved e-mail can be without an order, or of a kind that is no more', async () => {
    const { order_id: _, ...welcome } = anEmail({ kind: 'of-old' as Email['kind'] });
    await db.open().transact([savedEmail(welcome, NOW)]);
    expect(await findSavedEmail(db.open(), welcome.email_id)).toMatchObject(welcome);
  });
});
