import { expect, it } from 'vitest';
import { markFailed, markSent, savedEmail } from '../../functions/adapters/outbox.ts';
import { anEmail } from '../support/emails.ts';
import { NOW } from '../support/sessions.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();
const MINUTE_MS = 60_000;
const later = (milliseconds: number): string => new Date(NOW.getTime() + milliseconds).toISOString();

const saved = async () => {
  const email = anEmail();
  await db.open().transact([savedEmail(email, NOW)]);
  return { email, stored: async () => (await db.rows(`EMAIL#${email.email_id}`))[0] };
};
const timeout = { kind: 'timeout', cause: 'no answer in time', permanent: false } as const;
const rejection = { kind: 'rejected', cause: 'hard-bounce', permanent: true } as const;

it('an e-mail is saved leased to its request, and is due if that dies', async () => {
  const { email, stored } = await saved();
  expect(await stored()).toEqual({
    pk: `EMAIL#${email.email_id}`,
    sk: 'EMAIL',
    ...email,
    state: 'sending',
    attempts: 0,
    due_at: later(MINUTE_MS),
  });
});

it('an e-mail is never saved over another', async () => {
  const { email } = await saved();
  await expect(db.open().transact([savedEmail(email, NOW)])).rejects.toThrow('two e-mails have one id');
});

it('an e-mail that was sent is due no more, and is forgotten after 90 days', async () => {
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
});

it('an e-mail that failed is due again after a pause, with why', async () => {
  const { email, stored } = await saved();
  await markFailed(db.open(), email, timeout, NOW);
  expect(await stored()).toMatchObject({
    ...email,
    state: 'unsent',
    attempts: 1,
    due_at: later(MINUTE_MS),
    last_failure: { kind: 'timeout', cause: 'no answer in time', at: NOW.toISOString() },
  });
});

it('an e-mail that was refused for good is parked, and never due', async () => {
  const { email, stored } = await saved();
  await markFailed(db.open(), email, rejection, NOW);
  const row = await stored();
  expect(row).toMatchObject({
    state: 'parked',
    attempts: 1,
    last_failure: { kind: 'rejected', cause: 'hard-bounce', at: NOW.toISOString() },
  });
  expect(row).not.toHaveProperty('due_at');
});

it('the attempts are counted', async () => {
  const { email, stored } = await saved();
  await markFailed(db.open(), email, timeout, NOW);
  await markFailed(db.open(), email, timeout, NOW);
  await markSent(db.open(), email, 'mandrill-1', NOW);
  expect(await stored()).toMatchObject({ state: 'sent', attempts: 3 });
});

it('an e-mail that is not there is not made by what became of it', async () => {
  const email = anEmail();
  for (const mark of [
    () => markSent(db.open(), email, 'mandrill-1', NOW),
    () => markFailed(db.open(), email, timeout, NOW),
  ]) {
    await expect(mark()).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
  }
  expect(await db.rows(`EMAIL#${email.email_id}`)).toEqual([]);
});
