import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { forgottenAt } from '../../functions/accounts/session.ts';
import { useKey, useOf } from '../../functions/accounts/session-use.ts';
import { tokenKey } from '../../functions/accounts/tokens.ts';
import { endSession } from '../../functions/accounts/user-sessions.ts';
import { findClient, rowOfClient } from '../../functions/clients/clients.ts';
import { Refused } from '../../functions/contract/refused.ts';
import { mailerOf } from '../../functions/outbox/channels/email/mailer.ts';
import { RequestWork } from '../../functions/pipeline/work.ts';
import { IdempotencyKey, KeyUsed } from '../../functions/table/idempotency-key.ts';
import { randomId } from '../../functions/table/ids.ts';
import type { Write } from '../../functions/table/write.ts';
import { startMandrill } from '../../infra/local/mandrill.ts';
import { startParameters } from '../../infra/local/parameters.ts';
import { aSessionToken, echoRoute } from '../support/echo-route.ts';
import { anEmail } from '../support/emails.ts';
import { aRequest } from '../support/exchange.ts';
import { farDeadline } from '../support/far-deadline.ts';
import { daysAgo, NOW } from '../support/sessions.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();
const KEY = 'md-secret-key';
let mandrill: Awaited<ReturnType<typeof startMandrill>>;
let parameters: Awaited<ReturnType<typeof startParameters>>;
beforeAll(async () => {
  mandrill = await startMandrill({ key: KEY });
  parameters = await startParameters({ 'mandrill-key': KEY });
});
afterAll(async () => {
  await parameters.close();
  await mandrill.close();
});

const newRow = () => ({ pk: randomUUID(), sk: 'row' });
const put = (row = newRow()): Write => ({
  put: { Item: row, ConditionExpression: 'attribute_not_exists(pk)' },
  refused: () => new Error('occupied'),
});
const data = { number: 7 };

/** A request of a session whose use is to be noted; `key` is its idempotency key, if it has one. */
const aCall = (key?: string) => {
  const { token, session } = aSessionToken({ last_used_at: daysAgo(1) });
  const [table, raw] = [db.open(), { number: 7 }];
  const use = useOf(tokenKey(token), forgottenAt(session), NOW);
  const { exchange } = aRequest({}, { route: echoRoute, table, raw, use }).context;
  const ofKey =
    key === undefined ? undefined : new IdempotencyKey(table, 'orders/echo', { whose: 'me' }, key, NOW);
  const end = () => endSession(token, session.user_id, NOW);
  const noted = async () => (await db.row(useKey(tokenKey(token))))?.last_used_at;
  return { exchange, end, noted, begin: () => new RequestWork<typeof data>(exchange, ofKey) };
};
/** How many writes each transaction has had. */
const written = () =>
  db.wire.requests.flatMap(({ input }) => (input.TransactItems ? [input.TransactItems.length] : []));

describe('the work of a request', () => {
  it('The work of a request is committed with the use of the session, and answered in the route’s words', async () => {
    const { begin, noted, exchange } = aCall();
    const rows = [newRow(), newRow()];
    const answer = await begin()
      .add(...rows.map(put))
      .commit({ data });
    expect(answer).toMatchObject({ status: 'action-successful', data_json: '{"number":7}' });
    expect(await Promise.all(rows.map((row) => db.row(row)))).toEqual(rows);
    expect(await noted()).toBe(NOW.toISOString());
    expect(written()).toEqual([3]);
    expect(exchange.use).toBeUndefined();
  });

  it('The work of a request notes the use of the session once, however often it is begun', async () => {
    const { begin } = aCall();
    await begin().add(put()).commit({ data });
    await begin().add(put()).commit({ data });
    expect(written()).toEqual([2, 1]);
  });

  it('The work of a request that adds nothing and has no key writes nothing, and leaves the use to be noted', async () => {
    const { begin, exchange } = aCall();
    expect(await begin().commit({ data })).toMatchObject({ status: 'action-successful' });
    expect(db.wire.operations).toEqual([]);
    expect(exchange.use).toBeDefined();
  });

  it('The work of a request keeps an answer under the key though it has changed nothing', async () => {
    const { begin } = aCall(randomUUID());
    await begin().commit({ data });
    expect(written()).toEqual([2]);
    await expect(begin().commit({ data })).rejects.toMatchObject({ record: { data_json: '{"number":7}' } });
  });

  it('The work of a request ends a session without noting its use, which would be written twice', async () => {
    const { begin, end, noted, exchange } = aCall();
    await begin()
      .add(...end())
      .commit({ data });
    expect(await noted()).toBeUndefined();
    // There is no use left to note, and no write for it.
    expect(exchange.use).toBeUndefined();
  });

  it('The work of a request writes nothing when one condition does not hold, and leaves the use to be noted', async () => {
    const { begin, noted, exchange } = aCall();
    const [taken, row] = [newRow(), newRow()];
    await db.put(taken);
    await expect(begin().add(put(row), put(taken)).commit({ data })).rejects.toThrow('occupied');
    expect(await db.row(row)).toBeUndefined();
    expect(await noted()).toBeUndefined();
    expect(exchange.use).toBeDefined();
  });

  it('The work of a request is refused when its session has ended meanwhile, whatever else is against it', async () => {
    const key = randomUUID();
    await aCall(key).begin().commit({ data });
    const { begin, end } = aCall(key);
    await db.open().transact(end());
    const taken = newRow();
    await db.put(taken);
    await expect(begin().add(put(taken)).commit({ data })).rejects.toEqual(new Refused('invalid-token'));
  });

  it('The work of a request says that it was done before, rather than what else it is refused for', async () => {
    const key = randomUUID();
    await aCall(key).begin().commit({ data });
    const taken = newRow();
    await db.put(taken);
    await expect(aCall(key).begin().add(put(taken)).commit({ data })).rejects.toBeInstanceOf(KeyUsed);
  });
});

describe('the messages of a request', () => {
  /** A request that may send e-mail. */
  const sending = (key?: string) => {
    vi.stubEnv('AWS_ENDPOINT_URL_SSM', parameters.endpoint);
    const call = aCall(key);
    const { exchange } = call;
    const { table, faults } = exchange;
    if (table === undefined) throw new Error('there is no table');
    exchange.outbox = mailerOf({
      table,
      recipientOf: async ({ client_id = 0 }) => findClient(table, client_id),
      secretOf: async () => undefined,
      environment: {
        MANDRILL_KEY_PARAMETER: 'mandrill-key',
        MANDRILL_URL: mandrill.apiUrl,
        EMAIL_FROM: 'orders@example.com',
        EMAIL_FROM_NAME: 'Plano',
        MANDRILL_PATIENCE_MS: '5000',
      },
      deadline: farDeadline(),
      now: () => NOW,
      report: (fault) => faults.push(fault),
      waited: () => {},
    });
    return call;
  };
  const aClientWithAddress = async () => {
    const client = { client_id: randomId(), user_id: randomId(), name: 'Bob', email: 'bob@example.com' };
    await db.put(rowOfClient(client));
    return client.client_id;
  };

  it('The messages of a request are saved with its writes, and sent when they have committed', async () => {
    const { begin, exchange } = sending();
    const email = anEmail({ client_id: await aClientWithAddress() });
    expect(await begin().send(email).commit({ data })).toMatchObject({ status: 'action-successful' });
    expect(await db.rows(`EMAIL#${email.email_id}`)).toMatchObject([{ state: 'sent' }]);
    expect(exchange.emails).toMatchObject({ sent: 1, failures: [] });
  });

  it('The messages of a request are mandrill-email-failed when one of several is not sent, as the others are', async () => {
    const { begin, exchange } = sending(randomUUID());
    const [sent, unsent] = [anEmail({ client_id: await aClientWithAddress() }), anEmail()];
    const answer = await begin().send(sent, unsent).commit({ data });
    expect(answer).toMatchObject({ status: 'mandrill-email-failed', data_json: '{"number":7}' });
    expect(exchange.emails).toMatchObject({
      sent: 1,
      failures: [{ email_id: unsent.email_id, kind: 'no-recipient' }],
    });
    await expect(begin().commit({ data })).rejects.toMatchObject({
      record: { status: 'action-successful', email_ids: [sent.email_id, unsent.email_id] },
    });
  });

  it('The messages of a request are not sent when the work does not commit', async () => {
    const { begin, exchange } = sending();
    const taken = newRow();
    await db.put(taken);
    const email = anEmail({ client_id: await aClientWithAddress() });
    await expect(begin().send(email).add(put(taken)).commit({ data })).rejects.toThrow('occupied');
    expect(await db.rows(`EMAIL#${email.email_id}`)).toEqual([]);
    expect(exchange.emails.sent).toBe(0);
  });
});
