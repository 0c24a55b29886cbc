import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ANSWER_MS } from '../../functions/table/deadline.ts';
import { Patience } from '../../functions/table/patience.ts';
import { actingBy, anEchoFunction, type EchoAnswer } from '../support/echo-function.ts';
import { aSessionToken, routeRecord, serviceRecord } from '../support/echo-route.ts';
import { anEmail } from '../support/emails.ts';
import { aContext } from '../support/events.ts';
import { Output } from '../support/output.ts';
import { daysAgo, NOW } from '../support/sessions.ts';
import { cancelled, type Fault, internalError, reset, silence, throttling } from '../support/wire.ts';
import { QUICK, WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();
const output = new Output();

const employee = aSessionToken();
const good = { params: { token: employee.token, number: 7, words: 'héllo' } };
beforeAll(() => db.put(employee.row));
beforeEach(() => db.put(serviceRecord, routeRecord));

const expectCrash = ({ http, headers, body }: EchoAnswer, status: string): void => {
  expect(http).toBe(500);
  expect(body).toEqual({ status, message: expect.any(String), request_id: 'gateway-request' });
  expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-request-id': 'gateway-request' });
  expect(output.log).toMatchObject([{ level: 'ERROR', status }]);
  expect(output.log[0].faults[0]).toMatchObject({ name: expect.any(String) });
};

describe('a request that is right', () => {
  it('A request that is right is answered by the action', async () => {
    const { http, headers, body } = await anEchoFunction()(good);
    expect(http).toBe(200);
    expect(body).toEqual({
      status: 'action-successful',
      message: 'Done.',
      request_id: 'gateway-request',
      data: { number: 7, words: 'héllo' },
    });
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'x-request-id': 'gateway-request' });
    expect(headers).not.toHaveProperty('retry-after');
  });

  it('A request reads the deployment records in one batch with the token; a warm function keeps the records', async () => {
    const send = anEchoFunction();
    await send(good);
    expect(db.wire.operations).toEqual(['BatchGetItem']);
    await send(good);
    expect(db.wire.operations).toHaveLength(2);
  });

  it('A request gives the action who calls, when, and by which request', async () => {
    const requests: unknown[] = [];
    await actingBy((request, begin) => {
      requests.push(request);
      return begin().commit({ data: { number: 1 } });
    })(good);
    const caller = { kind: 'user', id: employee.session.user_id, name: 'Erin', held: employee.session.held };
    expect(requests).toMatchObject([{ caller, now: NOW, requestId: 'gateway-request' }]);
  });

  it('A request sees an operator’s word when the clock says that it is 30 seconds old', async () => {
    let now = NOW;
    const send = anEchoFunction({ clock: () => now });
    await send(good);
    await db.put({ ...routeRecord, withdrawn_at: daysAgo(0) });
    now = new Date(NOW.getTime() + 29_999);
    expect((await send(good)).http).toBe(200);
    now = new Date(NOW.getTime() + 30_000);
    const { http, headers, body } = await send(good);
    expect([http, body.status, headers?.['retry-after']]).toEqual([503, 'route-not-found', '30']);
  });
});

describe('a fault of ours before the route was identified is identify-request-error', () => {
  it.each(['TABLE_NAME', 'STAGE'])(
    'It is identify-request-error when the environment has no %s',
    async (name) => {
      vi.stubEnv(name, '');
      expectCrash(await anEchoFunction()(good), 'identify-request-error');
      vi.stubEnv(name, undefined);
      expect((await anEchoFunction()(good)).headers).toMatchObject({ 'retry-after': '5' });
      expect(db.wire.requests).toEqual([]);
    },
  );

  it('It is identify-request-error when the environment names a table that is not there', async () => {
    vi.stubEnv('TABLE_NAME', 'no-such-table');
    const answer = await anEchoFunction()(good);
    expectCrash(answer, 'identify-request-error');
    expect(answer.headers).toMatchObject({ 'retry-after': '5' });
    expect(JSON.stringify(answer)).not.toContain('table');
  });

  it.each([
    ['fails', internalError],
    ['cannot be reached', reset],
  ])('It is identify-request-error when the table %s before the route is identified', async (_, fault) => {
    db.wire.fail('BatchGetItem', fault, 3);
    expectCrash(await anEchoFunction()(good), 'identify-request-error');
  });

  it('It is identify-request-error when the table does not answer before the function’s time is over', async () => {
    db.wire.fail('BatchGetItem', silence);
    expectCrash(await anEchoFunction()(good, aContext(ANSWER_MS + 550)), 'identify-request-error');
  });
});

describe('when the table is away or takes no more', () => {
  /** A function that has identified its route already, and loses patience soon unless it is said otherwise. */
  const warm = async (patienceMs = 600) => {
    const send = anEchoFunction({
      bind: () => ({
        run: ({ params }, begin) =>
          begin()
            .add({ put: { Item: { pk: randomUUID(), sk: 'x' } }, refused: () => new Error() })
            .commit({ data: params.complete() }),
      }),
      retries: () => ({ ...QUICK, patience: new Patience(patienceMs) }),
    });
    await send({ body: '' });
    db.wire.reset();
    return send;
  };
  const unused = aSessionToken({ last_used_at: daysAgo(1) });
  const goodOfUnused = { params: { token: unused.token, number: 7 } };
  beforeEach(() => db.put(unused.row));

  it.each<[string, Fault, string]>([
    ['fails', internalError, 'InternalServerError'],
    ['cannot be reached', reset, 'ECONNRESET'],
    ['throttles', throttling, 'ThrottlingException'],
    ['has conflicts', cancelled('None', 'TransactionConflict'), 'TransactionCanceledException'],
    ['says nothing', silence, 'TimeoutError'],
  ])('It is application-crash, and says when to try again, when the table %s', async (_, fault, name) => {
    const send = await warm();
    db.wire.fail('TransactWriteItems', fault, Number.POSITIVE_INFINITY);
    const answer = await send(goodOfUnused);
    expect(answer).toMatchObject({ http: 500, body: { status: 'application-crash' } });
    expect(answer.headers).toMatchObject({ 'retry-after': '5' });
    const [logged] = output.log.at(-1).faults;
    expect(logged).toMatchObject({ name: 'TableUnavailable', tries: expect.any(Number) });
    expect(logged.message).toContain(name);
    expect(logged.cause).toBeDefined();
  });

  it('The use of a session is not worth asking once more a table that takes no more', async () => {
    // However busy the machine is, it is the number of tries that ends it here.
    const send = await warm(60_000);
    db.wire.fail('TransactWriteItems', throttling, Number.POSITIVE_INFINITY);
    await send(goodOfUnused);
    expect(db.wire.operations).toEqual([
      'BatchGetItem',
      ...Array(4).fill('TransactWriteItems'),
      // What the team is told.
      'UpdateItem',
    ]);
    expect(JSON.stringify(db.wire.requests.at(-1)?.input.Key)).toContain('NOTIFICATION');
  });

  it('All that a request asks of a table that is away shares one patience', async () => {
    const send = await warm();
    // What the read has lost, the transaction has no more.
    db.wire.fail('BatchGetItem', silence);
    db.wire.fail('TransactWriteItems', throttling, Number.POSITIVE_INFINITY);
    await send(goodOfUnused);
    expect(db.wire.operations.filter((name) => name === 'BatchGetItem')).toHaveLength(1);
    expect(output.log.at(-1).faults).toMatchObject([{ tries: 1, cause: { name: 'TimeoutError' } }]);
  });

  it('It is identify-request-error, and says when to try again, when the table throttles the first read', async () => {
    db.wire.fail('BatchGetItem', throttling, Number.POSITIVE_INFINITY);
    const answer = await anEchoFunction()(good);
    expect(answer.body.status).toBe('identify-request-error');
    expect(answer.headers).toMatchObject({ 'retry-after': '5' });
  });
});

describe('a fault of ours after the route was identified is application-crash', () => {
  it('It is application-crash when the action fails, and the log quotes nothing personal', async () => {
    const failing = actingBy(async () => {
      throw new Error(`no luck with ${employee.token} of erin@example.com`);
    });
    const answer = await failing(good);
    expectCrash(answer, 'application-crash');
    expect(answer.headers).not.toHaveProperty('retry-after');
    expect(output.text).not.toContain(employee.token);
    expect(output.text).not.toContain('erin@example.com');
  });

  it('It is application-crash when the action answers nothing', async () => {
    // As a function in JavaScript would that forgets its return.
    const forgetful = actingBy((async () => undefined) as never);
    expectCrash(await forgetful(good), 'application-crash');
  });

  it('It is application-crash when the action never ends, before the function’s time is over', async () => {
    let left = 15_000;
    const endless = actingBy(() => {
      left = ANSWER_MS + 20;
      return new Promise(() => undefined);
    });
    const answer = await endless(good, { ...aContext(), getRemainingTimeInMillis: () => left });
    expectCrash(answer, 'application-crash');
    expect(output.log[0].faults).toMatchObject([
      { message: 'the function was about to run out of its time' },
    ]);
  });

  it('It is application-crash when the action sends e-mail that its route does not declare', async () => {
    const send = actingBy((_, begin) =>
      begin()
        .send(anEmail())
        .commit({ data: { number: 1 } }),
    );
    expectCrash(await send(good), 'application-crash');
  });
});

it('A fault of one request is no other’s', async () => {
  let faulty = true;
  const send = actingBy(async (_, begin) => {
    if (faulty) throw new Error('once');
    return begin().commit({ data: { number: 1 } });
  });
  await send(good);
  faulty = false;
  expect((await send(good)).http).toBe(200);
  expect(output.log.map(({ status }) => status)).toEqual(['application-crash', 'action-successful']);
  expect(output.log[1]).not.toHaveProperty('faults');
});
