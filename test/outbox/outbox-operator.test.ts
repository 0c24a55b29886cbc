import { beforeEach, describe, expect, it } from 'vitest';
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
import {
  type Decide,
  discardEmail,
  resendEmail,
  Undecidable,
} from '../../functions/outbox/outbox-operator.ts';
import { anEmail } from '../support/emails.ts';
import { NOW } from '../support/sessions.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();
const DAY_MS = 24 * 60 * 60 * 1_000;
const TWO_DAYS_ON = new Date(NOW.getTime() + 2 * DAY_MS);

let email: Email;
beforeEach(async () => {
  email = anEmail();
  await db.open().transact([savedEmail(email, NOW)]);
});
const stored = async () => (await db.rows(`EMAIL#${email.email_id}`))[0];
const fail = (permanent: boolean) =>
  markFailed(db.open(), email, { kind: 'rejected', cause: 'hard-bounce', permanent }, NOW);
const carryOut = async (decide: Decide, now: Date) => {
  const table = db.open();
  const { after, write } = await decide(table, email.email_id, now);
  await table.transact([write]);
  return after;
};
const resend = () => carryOut(resendEmail, TWO_DAYS_ON);
const discard = (now = NOW) => carryOut(discardEmail, now);

describe('an e-mail that is resent', () => {
  it.each([
    ['unsent', false],
    ['parked', true],
  ])('An e-mail that was %s and is resent is due now, and its 24 hours start anew', async (_, permanent) => {
    await fail(permanent);
    const after = await resend();
    expect(after).toEqual(await findSavedEmail(db.open(), email.email_id));
    expect(await stored()).toMatchObject({
      state: 'unsent',
      unsent: shardOf(email.email_id),
      due_at: TWO_DAYS_ON.toISOString(),
    });
    const again = await takeDueEmail(db.open(), email.email_id, TWO_DAYS_ON);
    expect(again).toMatchObject({ ...email, attempts: 2, tries: 0, tried_since: TWO_DAYS_ON.toISOString() });
    const failure = { kind: 'timeout', cause: 'no answer in time', permanent: false } as const;
    await markFailed(db.open(), again ?? email, failure, TWO_DAYS_ON);
    expect(await stored()).toMatchObject({ state: 'unsent' });
  });

  it('An e-mail that is resent has its pauses anew, however often it was tried before', async () => {
    let at = NOW;
    const failing = { kind: 'mandrill-error', cause: 'ValidationError', permanent: false } as const;
    for (let tries = 0; tries < 8; tries += 1) {
      await markFailed(db.open(), (await findSavedEmail(db.open(), email.email_id)) ?? email, failing, at);
      at = new Date(at.getTime() + DAY_MS / 12);
      await takeEmail(db.open(), email.email_id, at);
    }
    await markFailed(db.open(), (await findSavedEmail(db.open(), email.email_id)) ?? email, failing, at);
    await resend();
    for (const minutes of [1, 2, 5]) {
      const again = (await takeEmail(db.open(), email.email_id, TWO_DAYS_ON)) ?? email;
      const next = await markFailed(db.open(), again, failing, TWO_DAYS_ON);
      expect(next).toEqual({ state: 'unsent', due_at: new Date(TWO_DAYS_ON.getTime() + minutes * 60_000) });
    }
  });

  it('An e-mail that is being sent cannot be resent', async () => {
    await expect(resend()).rejects.toEqual(new Undecidable('sending'));
    expect(await stored()).toMatchObject({ state: 'sending' });
  });

  it('An e-mail that was sent, was discarded, or is not there cannot be resent', async () => {
    await markSent(db.open(), email, 'mandrill-1', NOW);
    await expect(resend()).rejects.toEqual(new Undecidable('sent'));
    email = anEmail();
    await expect(resend()).rejects.toEqual(new Undecidable(undefined));
    await db.open().transact([savedEmail(email, NOW)]);
    await fail(true);
    await discard();
    await expect(resend()).rejects.toEqual(new Undecidable('discarded'));
    expect(await stored()).toMatchObject({ state: 'discarded' });
  });
});

describe('an e-mail that is discarded', () => {
  it.each([
    ['unsent', false],
    ['parked', true],
  ])('An e-mail that was %s and is discarded is kept for 90 days and never sent', async (_, permanent) => {
    await fail(permanent);
    expect(await discard()).toEqual(await findSavedEmail(db.open(), email.email_id));
    const row = await stored();
    expect(row).toMatchObject({
      ...email,
      state: 'discarded',
      discarded_at: NOW.toISOString(),
      expires_at: NOW.getTime() / 1_000 + 90 * 24 * 60 * 60,
      last_failure: { cause: 'hard-bounce' },
    });
    expect(row).not.toHaveProperty('due_at');
    expect(row).not.toHaveProperty('unsent');
    expect(await takeEmail(db.open(), email.email_id, TWO_DAYS_ON)).toBeUndefined();
  });

  it('An e-mail that is being sent cannot be discarded, but one whose lease has run out can', async () => {
    await expect(discard()).rejects.toEqual(new Undecidable('sending'));
    expect(await discard(TWO_DAYS_ON)).toMatchObject({ state: 'discarded' });
  });

  it.each([
    ['cannot be read', { subject: 7 }, undefined],
    ['has no state that could be read', { state: 7 }, undefined],
    ['is in a state that only another release knows', { state: 'scheduled' }, { state: 'discarded' }],
  ])('An e-mail can be discarded that %s', async (_, row, after) => {
    await fail(true);
    await db.put({ ...(await stored()), ...row });
    const discarded = await discard();
    if (after === undefined) expect(discarded).toBeUndefined();
    else expect(discarded).toMatchObject(after);
    expect(await stored()).toMatchObject({ state: 'discarded', discarded_at: NOW.toISOString() });
    expect(await stored()).not.toHaveProperty('unsent');
  });

  it('An e-mail that another release is done with cannot be discarded', async () => {
    const { unsent: _, ...row } = (await stored()) ?? {};
    await db.put({ ...row, state: 'bounced' });
    await expect(discard()).rejects.toEqual(new Undecidable('bounced'));
  });

  it('An e-mail that was sent cannot be discarded', async () => {
    await markSent(db.open(), email, 'mandrill-1', NOW);
    await expect(discard()).rejects.toEqual(new Undecidable('sent'));
    expect(await stored()).toMatchObject({ state: 'sent' });
  });
});
