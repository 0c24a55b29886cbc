import { beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../../functions/accounts/caller.ts';
import type { Route } from '../../functions/contract/define-route.ts';
import { fault } from '../../functions/contract/faults.ts';
import { Refused } from '../../functions/contract/refused.ts';
import type { Exchange } from '../../functions/pipeline/exchange.ts';
import {
  doneBefore,
  idempotencyKeyOf,
  keptAnswer,
  keyFaults,
  type Replay,
  replayed,
} from '../../functions/pipeline/idempotency.ts';
import { digest } from '../../functions/table/digest.ts';
import { fingerprintOf, KeyUsed } from '../../functions/table/idempotency-key.ts';
import type { IdempotencyRecord } from '../../functions/table/idempotency-record.ts';
import { echoRoute } from '../support/echo-route.ts';
import { anEmail } from '../support/emails.ts';
import { anEvent } from '../support/events.ts';
import { aRequest } from '../support/exchange.ts';
import { FakeTable } from '../support/fake-table.ts';
import { NO_ROLE } from '../support/sessions.ts';

const aUser = (id: number, client_id: number | null = null): Caller => ({
  kind: 'user',
  id,
  name: 'Ada',
  held: { ...NO_ROLE, client_id },
});
const anApplication = (id: number): Caller => ({
  kind: 'application',
  id,
  name: 'Planner',
  scopes: ['orders:write'],
});
const identityOf = (caller: Caller): Exchange['identity'] =>
  caller.kind === 'user' ? { kind: 'session', caller, opened: {} as never } : { kind: 'application', caller };

const forAnyone: Route = { ...echoRoute, path: 'users/register', access: 'anyone' };
const ending: Route = { ...echoRoute, access: 'session', endsSession: true };
const reading: Route = { ...echoRoute, method: 'GET' };

const raw = { number: 7, words: 'hi' };
const saved = {
  fingerprint: fingerprintOf(raw),
  status: 'action-successful',
  message: 'Done then.',
  data_json: '{"number":7}',
};
const record: IdempotencyRecord = { ...saved, pk: 'IDEMPOTENCY#1', salt: 'salt' };

let fake: FakeTable;
beforeEach(() => {
  fake = new FakeTable();
});

const eventWith = (key?: string) => anEvent({ headers: { 'idempotency-key': key } });
const anExchange = (found: Partial<Exchange> = {}): Exchange =>
  aRequest({}, { route: echoRoute, table: fake.open(), raw, identity: identityOf(aUser(1)), ...found })
    .context.exchange;
/** The key of a request, by what is known of it. */
const keyOf = (found: Partial<Exchange> = {}, route: Route = echoRoute, text: string | undefined = 'key-1') =>
  idempotencyKeyOf(route, eventWith(text), anExchange({ route, ...found }));
const writesOf = (...args: Parameters<typeof keyOf>) => keyOf(...args)?.saved(saved) ?? [];
/** Where the answer is kept: two requests that have the same place are done once. */
const placeOf = (...args: Parameters<typeof keyOf>) => writesOf(...args).at(-1)?.put?.Item?.pk;
const asked = (...faults: Parameters<typeof fault>[]) =>
  new Refused('invalid-param', { errors: faults.map((each) => fault(...each)) });

describe('an idempotency key', () => {
  it.each(['!', '~', '+', '-', 'a'.repeat(255)])('%j is a key', (text) => {
    expect(keyFaults(echoRoute, eventWith(text))).toEqual([]);
    expect(keyOf({}, echoRoute, text)).toBeDefined();
  });

  it.each(['', 'one,two', 'one two', ' one', 'one\n', 'é', '\u007f', 'a'.repeat(256)])(
    '%j is none, which the client is told, and nothing is done under it',
    (text) => {
      expect(keyFaults(echoRoute, eventWith(text))).toEqual([
        {
          param: 'Idempotency-Key',
          code: 'malformed',
          message: 'Idempotency-Key must be 1 to 255 visible ASCII characters, without a comma.',
        },
      ]);
      expect(keyOf({}, echoRoute, text)).toBeUndefined();
    },
  );

  it('A request without one has no fault, and no key', () => {
    expect(keyFaults(echoRoute, eventWith())).toEqual([]);
    expect(idempotencyKeyOf(echoRoute, eventWith(), anExchange())).toBeUndefined();
  });

  it('A read does nothing twice: whatever it sends as a key is ignored', () => {
    expect(keyFaults(reading, eventWith('one,two'))).toEqual([]);
    expect(keyOf({}, reading)).toBeUndefined();
  });
});

describe('whose a key is', () => {
  it('A user’s key is the same in each of its sessions', () => {
    expect(placeOf({ token: 'ses_1' })).toBe(placeOf({ token: 'ses_2' }));
  });

  it('The same key of another caller, of another kind of caller, or for another route, is another', () => {
    const places = [
      placeOf(),
      placeOf({ identity: identityOf(aUser(2)) }),
      placeOf({ identity: identityOf(anApplication(1)) }),
      placeOf({ identity: identityOf(anApplication(2)) }),
      placeOf({}, { ...echoRoute, path: 'orders/other' }),
      placeOf({}, echoRoute, 'key-2'),
    ];
    expect(new Set(places).size).toBe(places.length);
  });

  it('The key of a request that ends its session is the session’s, also once nobody is known by it', () => {
    const first = placeOf({ token: 'ses_1' }, ending);
    expect(placeOf({ token: 'ses_1', identity: { kind: 'nobody' } }, ending)).toBe(first);
    expect(placeOf({ token: 'ses_2' }, ending)).not.toBe(first);
  });

  const sending = (email: unknown) => ({ params: { sound: { email } } as never });
  it('Without a token it is that of the e-mail address, however that is written', () => {
    const first = placeOf(sending('ada@example.com'), forAnyone);
    expect(first).toBeDefined();
    expect(placeOf(sending('Ada@Example.com'), forAnyone)).toBe(first);
    expect(placeOf(sending('bob@example.com'), forAnyone)).not.toBe(first);
  });

  it('Without a token it is that of the link of which the token is, if there is one', () => {
    const given = (verification: string) => ({ params: { sound: { verification } } as never });
    const first = placeOf(given('ver_1_a'), forAnyone);
    expect(placeOf(given('ver_1_a'), forAnyone)).toBe(first);
    expect(placeOf(given('ver_1_b'), forAnyone)).not.toBe(first);
    expect(writesOf(given('ver_1_a'), forAnyone)).toHaveLength(1);
  });

  it('Without a token and an address, nothing is done that could be done twice', () => {
    expect(keyOf(sending(undefined), forAnyone)).toBeUndefined();
    expect(keyOf(sending(7), forAnyone)).toBeUndefined();
    expect(keyOf({ params: undefined }, forAnyone)).toBeUndefined();
  });

  it('What release 0.2 did without a token, where keys were anybody’s, is not done once more', () => {
    const [check, put] = writesOf(sending('ada@example.com'), forAnyone);
    // There it is under the path, a word for everybody, and the key.
    const place = digest(JSON.stringify(['users/register', 'anyone', 'key-1']));
    expect(check?.check?.Key).toMatchObject({ pk: `IDEMPOTENCY#${place}` });
    expect(check?.check?.ExpressionAttributeValues).toEqual({ ':ours': record.fingerprint });
    expect(put?.put).toBeDefined();
    expect(writesOf(sending('ada@example.com'), { ...forAnyone, path: 'users/verify' })).toHaveLength(1);
    expect(writesOf()).toHaveLength(1);
  });
});

describe('the answer that is kept', () => {
  const answer = { status: 'action-successful' as const, message: 'Done.', data_json: '{"number":7}' };
  const itemOf = (
    given: Partial<Parameters<typeof keptAnswer>[2]> = {},
    route: Route = echoRoute,
    found: Partial<Exchange> = {},
  ) => {
    const key = keyOf();
    if (key === undefined) throw new Error('there is no key');
    const exchange = anExchange({ route, ...found });
    const about = { answer, outcome: { data: { number: 7 }, client_id: 5 }, messages: [], ...given };
    return keptAnswer(exchange, key, about).at(-1)?.put?.Item;
  };

  it('It is what was answered, whom it is about, and what tells the request from others', () => {
    expect(itemOf()).toMatchObject({
      ...answer,
      client_id: 5,
      fingerprint: fingerprintOf(raw),
    });
  });

  it('Its parameters tell a request from others in whatever order, but a password is no part of that', () => {
    const { fingerprint } = itemOf() ?? {};
    expect(itemOf({}, echoRoute, { raw: { words: 'hi', password: 'x', number: 7 } })).toMatchObject({
      fingerprint,
    });
    expect(itemOf({}, echoRoute, { raw: { ...raw, number: 8 } })).not.toMatchObject({ fingerprint });
  });

  it('Without e-mails it says nothing of any', () => {
    const item = itemOf();
    for (const name of ['email_ids', 'email_id', 'unsent_message']) expect(item).not.toHaveProperty(name);
  });

  it('With e-mails it says which, for release 0.2 the first of them, and what is told while one is unsent', () => {
    const messages = [anEmail(), anEmail()];
    const email_ids = messages.map(({ email_id }) => email_id);
    expect(itemOf({ messages })).toMatchObject({
      email_ids,
      email_id: email_ids[0],
      unsent_message: 'The change is saved, but its e-mail could not be sent.',
    });
  });

  it('Release 0.2 finds the data of an account beside it, and an order’s are not paid for twice', () => {
    expect(itemOf({}, { ...echoRoute, access: 'session' })?.data).toEqual({ number: 7 });
    expect(itemOf({}, forAnyone)?.data).toEqual({ number: 7 });
    expect(itemOf()).not.toHaveProperty('data');
  });
});

describe('whether a request was done before', () => {
  it('A transaction that finds its key used says it, without another read', async () => {
    expect(await doneBefore(anExchange(), keyOf(), new KeyUsed(record))).toBe(record);
    expect(fake.asked).toEqual([]);
  });

  it('One that is refused for its parameters is looked for', async () => {
    fake.answers('Get', () => ({ Item: { ...record, sk: 'IDEMPOTENCY', schema_version: 2 } }));
    expect(await doneBefore(anExchange(), keyOf(), asked(['number', 'stale', 'is stale']))).toEqual(record);
    expect(fake.inputs('Get')[0].Key.pk).toBe(placeOf());
  });

  it('One that nobody has done was not done before', async () => {
    fake.answers('Get');
    expect(await doneBefore(anExchange(), keyOf(), asked(['number', 'stale', 'is stale']))).toBeUndefined();
  });

  it('One whose caller may not act for the client any more is refused as any other', async () => {
    const Item = { ...record, sk: 'IDEMPOTENCY', schema_version: 2, client_id: 5 };
    fake.answers('Get', () => ({ Item }));
    const stale = asked(['number', 'stale', 'is stale']);
    const of = (client_id: number) => anExchange({ identity: identityOf(aUser(1, client_id)) });
    expect(await doneBefore(of(6), keyOf(), stale)).toBeUndefined();
    expect(await doneBefore(of(5), keyOf(), stale)).toMatchObject({ client_id: 5 });
    expect(await doneBefore(anExchange({ identity: { kind: 'nobody' } }), keyOf(), stale)).toBeDefined();
  });

  it.each([
    ['refused for its caller', new Refused('permission-required')],
    ['broken', new Error('broken')],
  ])('One that is %s is not looked for', async (_, error) => {
    expect(await doneBefore(anExchange(), keyOf(), error)).toBeUndefined();
    expect(fake.asked).toEqual([]);
  });

  it('One without a key is not looked for', async () => {
    expect(await doneBefore(anExchange(), undefined, asked(['number', 'stale', 'is stale']))).toBeUndefined();
  });
});

describe('a request that was done before', () => {
  const again = (
    found: Partial<Exchange> = {},
    {
      of = record,
      replay,
      error,
    }: { of?: IdempotencyRecord; replay?: Partial<Replay>; error?: unknown } = {},
  ) => {
    const exchange = anExchange(found);
    const unsent: (readonly number[])[] = [];
    const sendAgain = async (ids: readonly number[]) => {
      unsent.push(ids);
      return true;
    };
    const answer = replayed(exchange, of, { sendAgain, more: async () => ({}), ...replay }, error);
    return { exchange, unsent, answer };
  };
  /** What a request is refused for whose key was used for another. */
  const refusalOf = async (...args: Parameters<typeof again>) => {
    const { exchange, unsent, answer } = again(...args);
    const refused = await answer.catch((error) => error);
    expect(refused).toBeInstanceOf(Refused);
    // Nothing is sent for it, and its answer does not pass for another’s.
    expect(unsent).toEqual([]);
    expect(exchange.replayed).toBe(false);
    return refused as Refused;
  };
  const reused = {
    param: 'Idempotency-Key',
    code: 'reused',
    message: 'Idempotency-Key was sent before, with other parameters.',
  };

  it('It gets the answer that it got then, and is known for a replay', async () => {
    const { exchange, unsent, answer } = again();
    expect(await answer).toEqual({
      status: 'action-successful',
      message: 'Done then.',
      data_json: '{"number":7}',
    });
    expect(exchange.replayed).toBe(true);
    expect(unsent).toEqual([[]]);
  });

  it('It gets the session that is not kept', async () => {
    const session = { token: 'ses_1' } as never;
    const seen: unknown[] = [];
    const more = async (each: unknown) => {
      seen.push(each);
      return { session };
    };
    expect(await again({}, { replay: { more } }).answer).toMatchObject({ session, message: 'Done then.' });
    expect(seen).toEqual([record]);
  });

  it('Its e-mails that are unsent are sent', async () => {
    const { unsent, answer } = again({}, { of: { ...record, email_ids: [3, 4] } });
    expect((await answer).status).toBe('action-successful');
    expect(unsent).toEqual([[3, 4]]);
  });

  it.each([
    ['the words kept for it', { unsent_message: 'Not sent.' }, 'Not sent.'],
    ['those of then, if there are none', {}, 'Done then.'],
  ])('While an e-mail is unsent it is told so in %s, with its data', async (_, more, message) => {
    const replay = { sendAgain: async () => false };
    expect(await again({}, { of: { ...record, ...more, email_ids: [3] }, replay }).answer).toEqual({
      status: 'mandrill-email-failed',
      message,
      data_json: '{"number":7}',
    });
  });

  it('A status of its own is given again, and one that only another release knows is success', async () => {
    const of = (status: string) => again({}, { of: { ...record, status } }).answer;
    expect((await of('client-required')).status).toBe('client-required');
    expect((await of('half-done')).status).toBe('action-successful');
  });

  it('Another one with the same key is refused, with whatever else is wrong with it', async () => {
    const unsound = { params: { sound: {}, faults: [fault('words', 'type', 'no')] } as never };
    const refused = await refusalOf({ raw: { ...raw, number: 8 }, ...unsound });
    expect(refused.status).toBe('invalid-param');
    expect(refused.details.errors).toMatchObject([{ param: 'words' }, reused]);
    expect((await refusalOf({ raw: {} })).details.errors).toEqual([reused]);
  });

  it('What another one was refused for this time is told, with the state of things', async () => {
    const error = new Refused('invalid-param', {
      errors: [fault('updated_at', 'stale', 'is stale')],
      data: { number: 9 },
    });
    const { details } = await refusalOf({ raw: {} }, { error });
    expect(details.errors).toMatchObject([{ param: 'updated_at' }, reused]);
    expect(details.data).toEqual({ number: 9 });
    expect((await refusalOf({ raw: {} }, { error: new Error('no') })).details.errors).toEqual([reused]);
  });

  it('The same one is answered though it is refused this time', async () => {
    const error = asked(['updated_at', 'stale', 'is stale']);
    expect((await again({}, { error }).answer).message).toBe('Done then.');
  });

  it('Without a token, one that is refused for its password has another', async () => {
    const error = asked(['password', 'wrong', 'is wrong']);
    const { details } = await refusalOf({ route: forAnyone }, { error });
    expect(details.errors).toMatchObject([{ param: 'password' }, reused]);
    const { answer } = again({ route: forAnyone }, { error: new KeyUsed(record) });
    expect((await answer).message).toBe('Done then.');
  });

  it('Without a token, one that is refused for a link that it has used up is the same', async () => {
    const error = asked(['verification', 'wrong', 'is wrong']);
    expect((await again({ route: forAnyone }, { error }).answer).message).toBe('Done then.');
  });

  it('One that has another password is another', async () => {
    await refusalOf({}, { replay: { more: async () => undefined } });
  });

  it('Another one is not asked for what would make up its answer', async () => {
    const more = async () => {
      throw new Error('nobody should ask');
    };
    await refusalOf({ raw: {} }, { replay: { more } });
  });

  it('One whose caller may not act for the client any more is told nothing of it', async () => {
    const of = { ...record, client_id: 5 };
    await refusalOf({ identity: identityOf(aUser(1, 6)) }, { of });
    expect((await again({ identity: identityOf(aUser(1, 5)) }, { of }).answer).message).toBe('Done then.');
    const ended = { identity: { kind: 'done-before', record: of } as const };
    expect((await again(ended, { of }).answer).message).toBe('Done then.');
  });

  it('What is nested deeper than the stack was never done', async () => {
    let deep: unknown = 1;
    for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];
    await refusalOf({ raw: { deep } });
  });

  it('A pipeline that has not decoded the parameters yet is a fault of ours', async () => {
    await expect(again({ raw: undefined }).answer).rejects.toThrow('the pipeline needs raw');
  });
});
