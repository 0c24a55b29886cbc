import { beforeEach, describe, expect, it } from 'vitest';
import type { Delivery } from '../../functions/outbox/delivery.ts';
import { emailKey, type SavedEmail } from '../../functions/outbox/outbox-row.ts';
import { sendAgain, sendSaved } from '../../functions/pipeline/send-saved.ts';
import { anEmail } from '../support/emails.ts';
import { aRequest } from '../support/exchange.ts';
import { conditionFailed, FakeTable } from '../support/fake-table.ts';
import { farDeadline } from '../support/far-deadline.ts';
import { NOW } from '../support/sessions.ts';

const SENT: Delivery = { sent: true, mandrill_id: 'md-1' };
const FAILED: Delivery = { sent: false, failure: { kind: 'rejected', cause: 'spam', permanent: true } };
const email = anEmail();
const LATER = new Date(NOW.getTime() + 1).toISOString();

let fake: FakeTable;
beforeEach(() => {
  fake = new FakeTable();
});

/** The row of the e-mail in a state. */
const saved = (given: Partial<SavedEmail>) => ({
  ...emailKey(email.email_id),
  ...email,
  state: 'unsent',
  attempts: 1,
  ...given,
});
/** A request that may send e-mail, which Mandrill takes or not; without an outcome, it must not be asked. */
const aCall = (outcome?: Delivery, remaining = 60_000) => {
  const outbox = {
    table: fake.open(),
    now: () => NOW,
    report: (fault: unknown) => {
      throw fault;
    },
    send: async () => {
      if (outcome === undefined) throw new Error('nobody should send');
      return outcome;
    },
  };
  const deadline = { ...farDeadline(), remaining: () => remaining };
  const { exchange } = aRequest({}, { outbox, deadline }).context;
  return { exchange, again: () => sendAgain(exchange, email.email_id) };
};
/** The e-mail is taken when it is asked for, and what becomes of it is recorded. */
const isTaken = () =>
  fake
    .answers('Update', ({ ReturnValues }) =>
      ReturnValues === 'ALL_NEW' ? { Attributes: saved({ state: 'sending', attempts: 2 }) } : {},
    )
    .answers('TransactWrite');
/** The rows that the e-mail has one after the other, each time that it is read. */
const isRead = (...rows: (SavedEmail | undefined)[]) => {
  const left = [...rows];
  return fake.answers('BatchGet', () => {
    if (left.length === 0) throw new Error('it is read too often');
    const row = left.shift();
    return { Responses: { fake: row === undefined ? [] : [row] } };
  });
};

describe('an e-mail that was saved with its change', () => {
  it('One that Mandrill takes is counted as sent', async () => {
    fake.answers('Update');
    const { exchange } = aCall(SENT);
    expect(await sendSaved(exchange, email)).toBe(true);
    expect(exchange.emails).toMatchObject({ sent: 1, failures: [] });
  });

  it('One that Mandrill does not take is a failure, of which the log is told which and why', async () => {
    fake.answers('Update').answers('TransactWrite');
    const { exchange } = aCall(FAILED);
    expect(await sendSaved(exchange, email)).toBe(false);
    expect(exchange.emails).toMatchObject({
      sent: 0,
      failures: [{ email_id: email.email_id, kind: 'rejected', cause: 'spam', permanent: true }],
    });
  });
});

describe('an e-mail of a request that is sent again', () => {
  it.each([
    ['parked', false],
    ['discarded', false],
    ['sent', true],
    ['postponed', true],
  ])('One that is %s is not sent again, and whether it counts as sent is %s', async (state, expected) => {
    isRead(saved({ state }));
    expect(await aCall().again()).toBe(expected);
    expect(fake.operations).toEqual(['BatchGet']);
  });

  it('One that is forgotten was sent long ago', async () => {
    isRead(undefined);
    expect(await aCall().again()).toBe(true);
  });

  it('One whose row cannot be read counts as unsent', async () => {
    isRead(saved({ attempts: 'two' as never }));
    const { exchange, again } = aCall();
    expect(await again()).toBe(false);
    expect(exchange.outbox?.table.unreadable).toHaveLength(1);
  });

  it.each([
    ['was not sent yet', { state: 'unsent', due_at: LATER }],
    ['has lost whoever was sending it this very moment', { state: 'sending', due_at: NOW.toISOString() }],
    ['is being sent by nobody knows whom', { state: 'sending' }],
  ])('One that %s is taken and sent', async (_, given) => {
    isTaken();
    isRead(saved(given));
    const { exchange, again } = aCall(SENT);
    expect(await again()).toBe(true);
    expect(exchange.emails.sent).toBe(1);
    expect(fake.operations).toEqual(['BatchGet', 'Update', 'Update']);
  });

  it('One that is sent in vain once more counts as unsent', async () => {
    isTaken();
    isRead(saved({}));
    const { exchange, again } = aCall(FAILED);
    expect(await again()).toBe(false);
    expect(exchange.emails.failures).toHaveLength(1);
  });

  it('One that another request is sending is waited for, and gets that one’s outcome', async () => {
    const others = saved({ state: 'sending', due_at: LATER });
    isRead(others, others, saved({ state: 'parked' }));
    const startedAt = performance.now();
    expect(await aCall().again()).toBe(false);
    expect(fake.operations).toEqual(['BatchGet', 'BatchGet', 'BatchGet']);
    expect(performance.now() - startedAt).toBeGreaterThan(350);
  });

  it('One that another request takes first gets that one’s outcome', async () => {
    fake.answers('Update', conditionFailed);
    isRead(saved({}), saved({ state: 'sent' }));
    expect(await aCall().again()).toBe(true);
    expect(fake.operations).toEqual(['BatchGet', 'Update', 'BatchGet']);
  });

  it.each([
    ['unsent', { state: 'unsent' }, false],
    ['being sent', { state: 'sending' }, true],
    [
      'being sent again',
      { state: 'sending', last_failure: { kind: 'timeout', cause: 'away', at: LATER } },
      false,
    ],
  ])(
    'With too little time left, one that is %s is left to the retry, and counts as sent only while nothing is known of it',
    async (_, given, expected) => {
      isRead(saved({ ...given, due_at: NOW.toISOString() }));
      expect(await aCall(undefined, 4_999).again()).toBe(expected);
      expect(fake.operations).toEqual(['BatchGet']);
    },
  );

  it('With just enough time left it is sent', async () => {
    isTaken();
    isRead(saved({}));
    expect(await aCall(SENT, 5_000).again()).toBe(true);
  });
});
