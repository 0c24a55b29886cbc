import { beforeEach, describe, expect, it } from 'vitest';
import { forgottenAt } from '../../functions/accounts/session.ts';
import { useEnded, useOf } from '../../functions/accounts/session-use.ts';
import { tokenKey } from '../../functions/accounts/tokens.ts';
import { Refused } from '../../functions/contract/refused.ts';
import type { Email } from '../../functions/outbox/email.ts';
import type { Exchange } from '../../functions/pipeline/exchange.ts';
import { RequestWork } from '../../functions/pipeline/work.ts';
import { IdempotencyKey } from '../../functions/table/idempotency-key.ts';
import type { Write } from '../../functions/table/write.ts';
import { aSessionToken, echoRoute } from '../support/echo-route.ts';
import { anEmail } from '../support/emails.ts';
import { aRequest } from '../support/exchange.ts';
import { FakeTable, refusedAt } from '../support/fake-table.ts';
import { NOW } from '../support/sessions.ts';

const { token, session } = aSessionToken();
const data = { number: 7 };
const put = (sk: string): Write => ({
  put: { Item: { pk: 'ORDER#7', sk }, ConditionExpression: 'attribute_not_exists(pk)' },
  refused: () => new Error(`${sk} is there`),
});

let fake: FakeTable;
beforeEach(() => {
  fake = new FakeTable();
});

/** A request whose session's use is to be noted, with an idempotency key. */
const aCall = (found: Partial<Exchange> = {}) => {
  const table = fake.open();
  const use = useOf(tokenKey(token), forgottenAt(session), NOW);
  const { exchange } = aRequest({}, { route: echoRoute, table, raw: { number: 7 }, use, ...found }).context;
  const key = new IdempotencyKey(table, 'orders/echo', { whose: 'user:1' }, 'key-1', NOW);
  return {
    exchange,
    keyed: () => new RequestWork<typeof data>(exchange, key),
    unkeyed: () => new RequestWork<typeof data>(exchange, undefined),
  };
};
/** The kinds of partition that the writes of the one transaction are of, in their order. */
const written = (): string[] => {
  expect(fake.transactions).toHaveLength(1);
  return (fake.transactions[0] ?? []).map(({ Put, Update }) =>
    String((Put === undefined ? Update.Key : Put.Item).pk).replace(/#.*/, ''),
  );
};
/** What was kept under the key. */
const kept = () => fake.transactions[0]?.find(({ Put }) => Put?.Item.pk.startsWith('IDEMPOTENCY')).Put.Item;

/** Hands over the e-mails, but those of these subjects. */
const anOutbox = (...failing: string[]): Exchange['outbox'] => ({
  table: fake.open(),
  now: () => NOW,
  report: (fault) => {
    throw fault;
  },
  send: async ({ subject }: Pick<Email, 'subject'>) =>
    failing.includes(subject)
      ? { sent: false, failure: { kind: 'rejected', cause: 'spam', permanent: true } }
      : { sent: true, mandrill_id: 'md-1' },
});

describe('the transaction of a request', () => {
  it('The use of the session is the first write, the answer under the key the next, then e-mails, and last what was asked', async () => {
    fake.answers('TransactWrite').answers('Update');
    const { keyed } = aCall({ outbox: anOutbox() });
    await keyed().add(put('ORDER')).send(anEmail()).commit({ data });
    expect(written()).toEqual(['USED', 'IDEMPOTENCY', 'EMAIL', 'ORDER']);
  });

  it('A session that ended meanwhile learns that alone, and its use is still to be noted', async () => {
    fake.answers('TransactWrite', refusedAt(0));
    const { exchange, unkeyed } = aCall();
    await expect(unkeyed().add(put('ORDER')).commit({ data })).rejects.toEqual(new Refused('invalid-token'));
    expect(exchange.use).toBeDefined();
  });

  it('The first condition that does not hold says what the request is refused for', async () => {
    fake.answers('TransactWrite', refusedAt(2));
    const work = aCall().unkeyed().add(put('ORDER')).add(put('CHANGE'), put('ITEM'));
    await expect(work.commit({ data })).rejects.toThrow('CHANGE is there');
  });

  it('A use that was noted with one transaction is not noted with the next', async () => {
    fake.answers('TransactWrite');
    const { exchange, unkeyed } = aCall();
    await unkeyed().add(put('ORDER')).commit({ data });
    expect(exchange.use).toBeUndefined();
    await unkeyed().add(put('ORDER')).commit({ data });
    expect(fake.transactions.map((writes) => writes.length)).toEqual([2, 1]);
  });

  it('What ends the session takes the place of noting its use, since a transaction takes one write of a row', async () => {
    fake.answers('TransactWrite');
    await aCall()
      .unkeyed()
      .add(put('ORDER'), useEnded(tokenKey(token), NOW))
      .commit({ data });
    expect(written()).toEqual(['ORDER', 'USED']);
    expect(fake.transactions[0]?.[1].Update.UpdateExpression).toContain('ended_at');
  });

  it('A request that changes nothing and has no key asks nothing of the table, and leaves the use to be noted', async () => {
    const { exchange, unkeyed } = aCall();
    expect(await unkeyed().commit({ data })).toEqual({
      status: 'action-successful',
      message: 'Done.',
      data_json: '{"number":7}',
      session: undefined,
    });
    expect(fake.asked).toEqual([]);
    expect(exchange.use).toBeDefined();
  });

  it('Work that has opened a session for a user without a role says that, with the session', async () => {
    fake.answers('TransactWrite');
    const view = { token } as never;
    const answer = await aCall().keyed().commit({ status: 'client-required', session: view });
    expect(answer).toMatchObject({ status: 'client-required', session: view });
    expect(answer.message).toContain('Register as a client');
    expect(kept()).toMatchObject({ status: 'client-required', message: answer.message });
    expect(JSON.stringify(kept())).not.toContain(token);
  });
});

describe('the messages of a request', () => {
  it('An e-mail is sent once its change is committed, and not before', async () => {
    fake.answers('TransactWrite').answers('Update');
    const { exchange, unkeyed } = aCall({ outbox: anOutbox() });
    const answer = await unkeyed().add(put('ORDER')).send(anEmail(), anEmail()).commit({ data });
    expect(answer.status).toBe('action-successful');
    expect(fake.operations).toEqual(['TransactWrite', 'Update', 'Update']);
    expect(exchange.emails).toMatchObject({ sent: 2, failures: [] });
  });

  it('Nothing is sent of a request that is refused', async () => {
    fake.answers('TransactWrite', refusedAt(2));
    const { exchange, unkeyed } = aCall({ outbox: anOutbox() });
    await expect(unkeyed().send(anEmail()).add(put('ORDER')).commit({ data })).rejects.toThrow('is there');
    expect(exchange.emails).toMatchObject({ sent: 0, failures: [] });
    expect(fake.operations).toEqual(['TransactWrite']);
  });

  it('When one of two e-mails cannot be sent, the answer says so with its data, and success is what is remembered', async () => {
    fake.answers('TransactWrite').answers('Update');
    const emails = [anEmail({ subject: 'bad' }), anEmail({ subject: 'good' })] as const;
    const { exchange, keyed } = aCall({ outbox: anOutbox('bad') });
    const answer = await keyed()
      .send(...emails)
      .commit({ data });
    expect(answer).toMatchObject({ status: 'mandrill-email-failed', data_json: '{"number":7}' });
    expect(answer.message).toBe('The change is saved, but its e-mail could not be sent.');
    expect(exchange.emails).toMatchObject({ sent: 1, failures: [{ email_id: emails[0].email_id }] });
    expect(kept()).toMatchObject({
      status: 'action-successful',
      message: 'Done.',
      email_ids: emails.map(({ email_id }) => email_id),
      unsent_message: answer.message,
    });
  });
});
