import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { rowOfClient } from '../../functions/clients/clients.ts';
import { savedEmail } from '../../functions/outbox/outbox.ts';
import { type Resources, resources } from '../../functions/pipeline/resources.ts';
import { randomId } from '../../functions/table/ids.ts';
import { startMandrill } from '../../infra/local/mandrill.ts';
import { startParameters } from '../../infra/local/parameters.ts';
import { echoRoute } from '../support/echo-route.ts';
import { anEmail } from '../support/emails.ts';
import { aRequest, judge } from '../support/exchange.ts';
import { NOW } from '../support/sessions.ts';
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

const EMAIL_ENVIRONMENT = {
  MANDRILL_KEY_PARAMETER: 'mandrill-key',
  MANDRILL_URL: 'https://mandrillapp.com/api/1.0',
  EMAIL_FROM: 'orders@example.com',
  EMAIL_FROM_NAME: 'Plano',
};

/** What an action is bound to, and what is known of its request. */
const bound = async (route = echoRoute) => {
  let given: Resources | undefined;
  const bind = (resources: Resources) => {
    given = resources;
    return { run: async () => ({ data: { number: 1 } }) };
  };
  const exchange = await judge(resources(route, bind, { clock: () => NOW, retries: () => ({}) }), aRequest());
  if (given === undefined) throw new Error('nothing was bound');
  return { exchange, given };
};

describe('every route', () => {
  it('has its action bound to the table that the environment names, and to the time of the request', async () => {
    const row = { pk: 'a', sk: 'b', value: 1 };
    await db.put(row);
    const { exchange, given } = await bound();
    expect(await given.table.get(row)).toEqual(row);
    expect(given.now).toBe(NOW);
    expect(exchange.table).toBe(given.table);
    expect(exchange.action).toBeDefined();
  });

  it('reads anew for each request', async () => {
    const row = { pk: 'a', sk: 'c', value: 1 };
    await db.put(row);
    await (await bound()).given.table.get(row);
    await db.put({ ...row, value: 2 });
    expect(await (await bound()).given.table.get(row)).toMatchObject({ value: 2 });
  });

  it.each(['TABLE_NAME', 'STAGE'])('needs %s', async (name) => {
    vi.stubEnv(name, '');
    await expect(bound()).rejects.toThrow(name);
  });

  it('sends no e-mail unless it says that it does', async () => {
    const { given } = await bound();
    await expect(given.answer({ data: {}, email: anEmail() })).rejects.toThrow('mailer');
  });
});

describe('a route that sends e-mail', () => {
  const route = { ...echoRoute, sends: ['email'] as const };
  beforeEach(() => {
    for (const [name, value] of Object.entries(EMAIL_ENVIRONMENT)) vi.stubEnv(name, value);
  });

  it.each(Object.keys(EMAIL_ENVIRONMENT))('needs %s', async (name) => {
    vi.stubEnv(name, '');
    await expect(bound(route)).rejects.toThrow(name);
  });

  it.each([
    ['MANDRILL_URL', 'mandrillapp'],
    ['EMAIL_FROM', 'orders'],
  ])('takes no %s that is none', async (name, value) => {
    vi.stubEnv(name, value);
    await expect(bound(route)).rejects.toThrow(name);
  });

  it('counts what is sent, what fails, and what goes wrong besides', async () => {
    vi.stubEnv('MANDRILL_URL', mandrill.apiUrl);
    vi.stubEnv('AWS_ENDPOINT_URL_SSM', parameters.endpoint);
    const client = { client_id: randomId(), user_id: randomId(), name: 'Bob', email: 'bob@example.com' };
    await db.put(rowOfClient(client));
    const { exchange, given } = await bound(route);
    const emails = [anEmail({ client_id: client.client_id }), anEmail()];
    await given.table.transact(emails.map((email) => savedEmail(email, NOW)));
    const data = { number: 1 };
    expect(await Promise.all(emails.map((email) => given.answer({ data, email })))).toEqual([
      { data },
      { data, status: 'mandrill-email-failed' },
    ]);
    expect(exchange.emails).toMatchObject({
      sent: 1,
      failures: [{ email_id: emails[1]?.email_id, kind: 'no-recipient' }],
    });
    expect(exchange.faults).toEqual([]);

    const email = anEmail({ client_id: client.client_id });
    expect(await given.answer({ data, email })).toEqual({ data });
    expect(exchange.emails).toMatchObject({ sent: 2, failures: [{}] });
    expect(exchange.faults).toMatchObject([{ name: 'ConditionalCheckFailedException' }]);
  });
});
