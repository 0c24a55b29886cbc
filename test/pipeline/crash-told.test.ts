import { beforeEach, describe, expect, it } from 'vitest';
import type { Exchange } from '../../functions/pipeline/exchange.ts';
import { tellCrash } from '../../functions/pipeline/tell-crash.ts';
import { UnreadableRow } from '../../functions/table/row-kind.ts';
import type { Table } from '../../functions/table/table.ts';
import { echoRoute } from '../support/echo-route.ts';
import { aRequest } from '../support/exchange.ts';
import { ScriptedTable } from '../support/scripted-table.ts';

let scripted: ScriptedTable;
let table: Table;
beforeEach(() => {
  scripted = new ScriptedTable();
  table = scripted.open();
});

const named = (name: string) => Object.assign(new Error('it broke'), { name });
const unreadable = () =>
  new UnreadableRow({ pk: 'ORDER#1', sk: 'ORDER' }, { issues: [{ path: ['notes'] }] } as never);

/** Tells of a request that ended so; gives what the log has to say then. */
const toldOf = async (found: Partial<Exchange>): Promise<unknown[]> => {
  const request = aRequest({}, { route: echoRoute, table, ...found });
  await tellCrash.onError?.(request);
  return request.context.exchange.faults;
};
/** What the team was told: kind, cause, and about which order. */
const told = () =>
  scripted.sent.map(({ input: { ExpressionAttributeValues: values } }) =>
    [values[':kind'], values[':cause'], values[':order']].join(' '),
  );

describe('what the team is told of a fault', () => {
  it.each(['application-crash', 'identify-request-error'] as const)(
    'The team is told of the status %s by its route and the kind of error, and of nothing that it says',
    async (status) => {
      const faults = [named('OutOfPaper')];
      expect(await toldOf({ status, faults })).toEqual(faults);
      expect(told()).toEqual([`${status} orders/echo: OutOfPaper `]);
      expect(scripted.sent[0]?.input.ExpressionAttributeValues[':request']).toBe('gateway-request');
      expect(JSON.stringify(scripted.sent)).not.toContain('it broke');
    },
  );

  it('The team is told of the fault that was answered, which is the last, and of none before it', async () => {
    await toldOf({ status: 'application-crash', faults: [named('Harmless'), named('OutOfPaper')] });
    expect(told()).toEqual(['application-crash orders/echo: OutOfPaper ']);
  });

  it('The team is told which order a crash was about, if the request names one', async () => {
    const params = (order_id: unknown) =>
      ({ sound: { order_id } }) as never as NonNullable<Exchange['params']>;
    for (const order_id of [7, '7']) {
      const faults = [named('OutOfPaper')];
      await toldOf({ status: 'application-crash', faults, params: params(order_id) });
    }
    expect(told()).toEqual([
      'application-crash orders/echo: OutOfPaper 7',
      'application-crash orders/echo: OutOfPaper ',
    ]);
  });

  it.each(['action-successful', 'invalid-param', 'mandrill-email-failed', undefined] as const)(
    'The team is told of no fault when a request ends in %s',
    async (status) => {
      const faults = [named('Harmless')];
      expect(await toldOf({ ...(status && { status }), faults })).toEqual(faults);
      expect(told()).toEqual([]);
    },
  );

  it('The team is told of a row that was left out, also when the answer is a success', async () => {
    const row = unreadable();
    table.leaveOut(row);
    expect(await toldOf({ status: 'action-successful' })).toEqual([row]);
    expect(told()).toEqual(['unreadable-row ORDER ORDER: notes ']);
  });

  it('Requests that end well and those that end badly are both looked at', async () => {
    table.leaveOut(unreadable());
    await tellCrash.after?.(aRequest({}, { route: echoRoute, table, status: 'action-successful' }));
    expect(told()).toHaveLength(1);
  });

  it('The team is told of what is asked for and not deployed, and the answer waits for nothing else', async () => {
    const missing = { kind: 'route-not-found', cause: 'orders/echo: no record' } as const;
    expect(await toldOf({ status: 'route-not-found', missing })).toEqual([]);
    expect(told()).toEqual(['route-not-found orders/echo: no record ']);
    scripted.fault = named('Away');
    expect(await toldOf({ status: 'route-not-found', missing })).toMatchObject([
      { name: expect.any(String) },
    ]);
  });

  it('A function without a table, or without a route, tells nobody', async () => {
    const faults = [named('OutOfPaper')];
    const crash = { status: 'application-crash', faults } as const;
    const bare = aRequest({}, { route: echoRoute, ...crash });
    await tellCrash.onError?.(bare);
    await tellCrash.onError?.(aRequest({}, { ...crash, table }));
    expect(told()).toEqual([]);
    expect(faults).toHaveLength(1);
  });

  it('What goes wrong in telling is for the log, and fails nothing', async () => {
    scripted.fault = named('Away');
    const faults = await toldOf({ status: 'application-crash', faults: [named('OutOfPaper')] });
    expect(faults).toMatchObject([{ name: 'OutOfPaper' }, { name: expect.any(String) }]);
  });
});
