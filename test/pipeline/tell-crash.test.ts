import { beforeEach, describe, expect, it, vi } from 'vitest';
import { handler as unmatched } from '../../functions/routes/unmatched/handler.ts';
import { ANSWER_MS } from '../../functions/table/deadline.ts';
import { actingBy, anEchoFunction, type EchoAnswer } from '../support/echo-function.ts';
import { aSessionToken, routeRecord, serviceRecord } from '../support/echo-route.ts';
import { aContext, anEvent } from '../support/events.ts';
import { Output } from '../support/output.ts';
import { expectNothingPersonal } from '../support/personal.ts';
import { NOW } from '../support/sessions.ts';
import { type Fault, internalError, reset, silence, throttling } from '../support/wire.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();
const output = new Output();

const employee = aSessionToken();
const good = { params: { token: employee.token, number: 7 } };
beforeEach(async () => {
  await db.clear();
  await db.put(employee.row, serviceRecord, routeRecord);
});

const failingBy = (error: unknown) =>
  actingBy(async () => {
    throw error;
  });
const named = (name: string) => Object.assign(new Error('no luck with erin@example.com'), { name });
/** What the team was told: kind, cause and count. */
const told = async () =>
  (await db.rows('NOTIFICATION')).map(({ sk, occurrences }) => `${occurrences} ${sk}`).toSorted();

describe('a crash', () => {
  it('A crash opens the notification of its route and kind of error, and further ones are counted', async () => {
    const send = failingBy(named('OutOfPaper'));
    for (let time = 0; time < 3; time += 1) await send(good);
    const rows = await db.rows('NOTIFICATION');
    expect(rows).toEqual([
      {
        pk: 'NOTIFICATION',
        sk: 'application-crash#orders/echo: OutOfPaper',
        notification_id: expect.any(Number),
        kind: 'application-crash',
        cause: 'orders/echo: OutOfPaper',
        state: 'open',
        occurrences: 3,
        first_at: NOW.toISOString(),
        last_at: NOW.toISOString(),
        first_request_id: 'gateway-request',
        last_request_id: 'gateway-request',
        last_order_id: null,
        last_email_id: null,
      },
    ]);
    expectNothingPersonal('a notification', JSON.stringify(rows));
  });

  it('Of many crashes at once none is lost, and each error has a notification of its own', async () => {
    const sends = [named('OutOfPaper'), named('OutOfInk')].map(failingBy);
    await Promise.all(Array.from({ length: 10 }, () => sends.map((send) => send(good))).flat());
    expect(await told()).toEqual([
      '10 application-crash#orders/echo: OutOfInk',
      '10 application-crash#orders/echo: OutOfPaper',
    ]);
  });

  it.each([
    ['whose name quotes somebody', named('to erin@example.com'), 'to_erin_example_com'],
    ['that is none', 'erin@example.com', 'string'],
  ])('A crash tells nothing personal of an error %s', async (_, error, cause) => {
    await failingBy(error)(good);
    expect(await told()).toEqual([`1 application-crash#orders/echo: ${cause}`]);
  });

  it('A crash is told of when the function’s time is over', async () => {
    let left = 15_000;
    const endless = actingBy(() => {
      left = ANSWER_MS + 20;
      return new Promise(() => undefined);
    });
    await endless(good, { ...aContext(), getRemainingTimeInMillis: () => left });
    expect(await told()).toEqual(['1 application-crash#orders/echo: OutOfTime']);
  });

  it('A crash before the route is identified is told of as such', async () => {
    db.wire.fail('BatchGetItem', internalError, 3);
    await anEchoFunction()(good);
    expect(await told()).toEqual(['1 identify-request-error#orders/echo: InternalServerError']);
  });

  it('A crash is told of by the error that was answered, whatever else was reported before', async () => {
    const send = anEchoFunction({
      bind: ({ report }) => ({
        run: async () => {
          report(named('HarmlessError'));
          throw named('OutOfPaper');
        },
      }),
    });
    await send(good);
    expect(await told()).toEqual(['1 application-crash#orders/echo: OutOfPaper']);
  });
});

describe('of what is no crash, nothing is told', () => {
  it('Nothing is told of a request that is done, or refused', async () => {
    await anEchoFunction()(good);
    await anEchoFunction()({ params: { token: employee.token, number: 'seven' } });
    await anEchoFunction()({ params: { number: 7 } });
    expect(await told()).toEqual([]);
  });

  it('Nothing is told when no route matches, by a function that may not write', async () => {
    await unmatched(anEvent(), aContext());
    expect(db.wire.requests).toEqual([]);
  });
});

describe('when the team cannot be told, the answer is the same and in time', () => {
  const answered = async (fault: Fault, remaining: number): Promise<[EchoAnswer, number]> => {
    db.wire.fail('UpdateItem', fault, 100);
    const send = failingBy(named('OutOfPaper'));
    await send({ body: '' });
    const startedAt = performance.now();
    const answer = await send(good, aContext(remaining));
    return [answer, performance.now() - startedAt];
  };

  it.each([
    ['fails', internalError],
    ['cannot be reached', reset],
    ['throttles', throttling],
    ['says nothing', silence],
  ])('The answer is the same and in time when the team cannot be told, as the table %s', async (_, fault) => {
    const [answer, took] = await answered(fault, 15_000);
    expect(answer).toMatchObject({ http: 500, body: { status: 'application-crash' } });
    expect(took).toBeLessThan(ANSWER_MS);
    const line = output.log.at(-1);
    expect(line).toMatchObject({ status: 'application-crash', faults: [{ name: 'OutOfPaper' }, {}] });
    expect(await told()).toEqual([]);
  });

  it('The answer is the same when the team cannot be told, as there is no table', async () => {
    vi.stubEnv('TABLE_NAME', '');
    expect((await anEchoFunction()(good)).body.status).toBe('identify-request-error');
    expect(db.wire.requests).toEqual([]);
  });
});
