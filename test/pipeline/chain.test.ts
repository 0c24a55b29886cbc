import { beforeEach, describe, expect, it } from 'vitest';
import { chain, type InnerHandler, systemClock } from '../../functions/pipeline/chain.ts';
import type { Middleware } from '../../functions/pipeline/exchange.ts';
import { ANSWER_MS } from '../../functions/table/deadline.ts';
import { echoRoute } from '../support/echo-route.ts';
import { aContext, anEvent } from '../support/events.ts';
import { FakeTable } from '../support/fake-table.ts';
import { Output } from '../support/output.ts';
import { NOW } from '../support/sessions.ts';

const output = new Output();
let happened: string[];
beforeEach(() => {
  happened = [];
});

const step = (name: string): Middleware => ({
  before: () => void happened.push(name),
  after: () => void happened.push(`after ${name}`),
  onError: () => void happened.push(`failed ${name}`),
});
const run: InnerHandler = async () => {
  happened.push('action');
  return { data: { number: 7 } };
};
const failing: InnerHandler = async () => {
  throw Object.assign(new Error('no more of it'), { name: 'OutOfPaper' });
};
const withTable = (fake: FakeTable): Middleware => ({
  before: ({ context: { exchange } }) => {
    exchange.table = fake.open();
    exchange.identified = true;
  },
});

describe('a request', () => {
  it('It is judged step by step in their order, and what they leave is done from the last to the first', async () => {
    const answer = await chain(echoRoute, () => NOW, [step('one'), step('two')], run)(anEvent(), aContext());
    expect(happened).toEqual(['one', 'two', 'action', 'after two', 'after one']);
    expect(answer).toMatchObject({ statusCode: 200, body: expect.stringContaining('"data":{"number":7}') });
  });

  it('What no route matches goes by a name of its own in the log and in the metrics', async () => {
    await chain(undefined, () => NOW, [], failing)(anEvent(), aContext());
    expect(output.log).toMatchObject([{ route: '$default', service: 'gateway' }]);
    expect(output.metrics).toMatchObject([{ route: '$default', Requests: 1, Faults: 1 }]);
  });

  it('A route goes by its path, unless it is called something else', async () => {
    await chain(echoRoute, () => NOW, [], run)(anEvent(), aContext());
    await chain(echoRoute, () => NOW, [], run, 'a page')(anEvent(), aContext());
    expect(output.log.map(({ route }) => route)).toEqual(['orders/echo', 'a page']);
  });

  it('The team is told of a crash, and the log of what went wrong in telling', async () => {
    const fake = new FakeTable().answers('Update', () => {
      throw Object.assign(new Error('not today'), { name: 'NotToday' });
    });
    const answer = await chain(echoRoute, () => NOW, [withTable(fake)], failing)(anEvent(), aContext());
    expect(answer.statusCode).toBe(500);
    expect(fake.inputs('Update').map(({ Key }) => Key.sk)).toEqual([
      'application-crash#orders/echo: OutOfPaper',
    ]);
    expect(output.log).toMatchObject([{ faults: [{ name: 'OutOfPaper' }, { name: 'NotToday' }] }]);
  });

  it('One that would never end is given up while there is time to say so', async () => {
    const fake = new FakeTable().answers('Update');
    const endless: InnerHandler = () => new Promise(() => undefined);
    const handler = chain(echoRoute, () => NOW, [withTable(fake)], endless);
    const startedAt = performance.now();
    const answer = await handler(anEvent(), aContext(ANSWER_MS + 50));
    expect(performance.now() - startedAt).toBeLessThan(ANSWER_MS);
    expect(answer.statusCode).toBe(500);
    expect(output.log).toMatchObject([
      {
        status: 'application-crash',
        faults: [{ name: 'OutOfTime', message: 'the function was about to run out of its time' }],
      },
    ]);
  });
});

it('The clock of the system tells the time', () => {
  expect(Math.abs(systemClock().getTime() - Date.now())).toBeLessThan(1_000);
});
