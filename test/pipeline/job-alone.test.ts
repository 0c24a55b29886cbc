import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import type { JobResources } from '../../functions/pipeline/job.ts';
import { ANSWER_MS } from '../../functions/table/deadline.ts';
import { RowKind } from '../../functions/table/row-kind.ts';
import { aContext } from '../support/events.ts';
import { FakeTable } from '../support/fake-table.ts';
import { folding, named } from '../support/folding.ts';
import { Output } from '../support/output.ts';

const output = new Output();
let fake: FakeTable;
beforeEach(() => {
  fake = new FakeTable().takesCalls();
  for (const [name, value] of Object.entries({ STAGE: 'test', TABLE_NAME: 'orders-of-test' })) {
    vi.stubEnv(name, value);
  }
});
afterEach(() => vi.unstubAllEnvs());

/** What the team was told, and of which request. */
const told = () =>
  fake
    .inputs('Update')
    .map(({ Key, ExpressionAttributeValues: { ':request': request } }) => `${Key.sk} (${request})`);

describe('a run that is done', () => {
  it('It leaves one line, in the name of its service, and asks nothing of the table', async () => {
    expect(await folding(async ({ stage }) => ({ line: { stage } }))(3, aContext())).toBe('3 folded');
    expect(output.log).toMatchObject([
      {
        level: 'INFO',
        message: 'fold',
        service: 'papers',
        function_request_id: 'function-request',
        function_version: '7',
        stage: 'test',
      },
    ]);
    expect(output.metrics).toEqual([]);
    expect(fake.asked).toEqual([]);
  });

  it('It has the table that the environment names, its deadline, and the time when it began', async () => {
    const key = { pk: 'PAPER#1', sk: 'PAPER' };
    fake.lacks(key);
    const seen: JobResources[] = [];
    const handler = folding(async (resources) => {
      seen.push(resources);
      await resources.table.get(key);
      return {};
    });
    await handler(3, aContext(5_000));
    await handler(3, aContext(5_000));
    expect(fake.operations).toEqual(['BatchGet', 'BatchGet']);
    expect(Object.keys(fake.inputs('BatchGet')[0].RequestItems)).toEqual(['orders-of-test']);
    expect(seen[0]?.deadline.remaining()).toBe(4_000);
    expect(Math.abs(Date.now() - Number(seen[0]?.now))).toBeLessThan(10_000);
  });

  it('It leaves a warning when somebody should know of it, of which the team is not told', async () => {
    await folding(async () => ({ warns: true }))(3, aContext());
    expect(output.log).toMatchObject([{ level: 'WARN', sheets: 3 }]);
    expect(fake.asked).toEqual([]);
  });

  it('Its metrics are published in the name of its service', async () => {
    await folding(async ({ measure }) => {
      measure({ SheetsFolded: [2, 'Count'] });
      return {};
    })(3, aContext());
    expect(output.metrics).toMatchObject([{ service: 'papers', SheetsFolded: 2 }]);
    expect(output.metrics[0]).not.toHaveProperty('ApplicationCrashes');
  });

  it('What it reports is logged, counted and told, and does not make it fail', async () => {
    fake.answers('Update');
    let runs = 0;
    const handler = folding(async ({ report }) => {
      runs += 1;
      if (runs === 1) for (const name of ['OutOfPaper', 'OutOfInk']) report(named(name));
      return {};
    });
    expect(await handler(3, aContext())).toBe('3 folded');
    expect(output.log).toMatchObject([
      { level: 'ERROR', sheets: 3, faults: [{ name: 'OutOfPaper' }, { name: 'OutOfInk' }] },
    ]);
    expect(output.metrics).toMatchObject([{ ApplicationCrashes: 2 }]);
    expect(told()).toEqual([
      'application-crash#fold-paper: OutOfPaper (function-request)',
      'application-crash#fold-paper: OutOfInk (function-request)',
    ]);
    // The next one knows nothing of it.
    await handler(4, aContext());
    expect(output.log[1]).toMatchObject({ level: 'INFO', sheets: 4 });
    expect(output.metrics).toHaveLength(1);
  });

  it('The team is told of rows that could not be read, which are no crash', async () => {
    fake.answers('Update');
    const papers = new RowKind(z.object({ size: z.string() }));
    const handler = folding(async ({ table }) => {
      papers.readOrLeaveOut(table, { pk: 'PAPER#1', sk: 'PAPER', size: 4 });
      return {};
    });
    expect(await handler(3, aContext())).toBe('3 folded');
    expect(output.log).toMatchObject([{ level: 'ERROR', sheets: 3, faults: [{ name: 'UnreadableRow' }] }]);
    expect(output.metrics).toEqual([]);
    expect(told()).toEqual(['unreadable-row#PAPER PAPER: size (function-request)']);
  });
});

describe('a run that fails', () => {
  it('What it throws is what Lambda hears, once the line is written and the team is told', async () => {
    fake.answers('Update');
    const handler = folding(async () => {
      throw named('OutOfPaper');
    });
    await expect(handler(3, aContext())).rejects.toMatchObject({ name: 'OutOfPaper' });
    expect(output.log).toMatchObject([{ level: 'ERROR', faults: [{ name: 'OutOfPaper' }] }]);
    expect(output.metrics).toEqual([]);
    expect(told()).toEqual(['application-crash#fold-paper: OutOfPaper (function-request)']);
  });

  it('One that fails in parts says what was done, each fault once, and Lambda hears the first', async () => {
    fake.answers('Update');
    const faults = [named('OutOfPaper'), named('OutOfInk')];
    const handler = folding(async () => ({ faults }));
    await expect(handler(3, aContext())).rejects.toBe(faults[0]);
    expect(output.log).toMatchObject([{ level: 'ERROR', sheets: 3 }]);
    expect(output.log[0].faults).toHaveLength(2);
    expect(told()).toHaveLength(2);
  });

  it('One in which nothing failed does not fail', async () => {
    expect(await folding(async () => ({ faults: [] }))(3, aContext())).toBe('3 folded');
  });

  it('One that never ends says so before Lambda stops it', async () => {
    fake.answers('Update');
    const handler = folding(() => new Promise(() => undefined));
    await expect(handler(3, aContext(ANSWER_MS + 50))).rejects.toMatchObject({ name: 'OutOfTime' });
    expect(output.log).toMatchObject([{ level: 'ERROR', faults: [{ name: 'OutOfTime' }] }]);
    expect(told()).toEqual(['application-crash#fold-paper: OutOfTime (function-request)']);
  });

  it('Without an environment it writes its line, though nobody can be told', async () => {
    vi.stubEnv('TABLE_NAME', '');
    await expect(folding(async () => ({}))(3, aContext())).rejects.toThrow('TABLE_NAME');
    expect(output.log).toMatchObject([{ level: 'ERROR', message: 'fold', faults: [{}] }]);
    expect(fake.asked).toEqual([]);
  });

  it.each([
    ['much', 15_000, 2_000],
    ['little', 300, 50],
    ['no', 100, 0],
  ])(
    'With %s time left, telling the team leaves enough of it to write the line',
    async (_, left, patience) => {
      fake.answers('Update');
      let remaining = 15_000;
      const handler = folding(async () => {
        remaining = left;
        return { faults: [named('OutOfPaper')] };
      });
      const timeout = vi.spyOn(AbortSignal, 'timeout');
      const context = { ...aContext(), getRemainingTimeInMillis: () => remaining };
      await expect(handler(3, context)).rejects.toMatchObject({ name: 'OutOfPaper' });
      expect(timeout.mock.lastCall).toEqual([patience]);
      expect(output.log).toMatchObject([{ level: 'ERROR' }]);
    },
  );

  it('When the table says nothing, the line is written all the same', async () => {
    fake.answers('Update', () => new Promise(() => undefined));
    let remaining = 15_000;
    const handler = folding(async () => {
      remaining = 300;
      return { faults: [named('OutOfPaper')] };
    });
    const context = { ...aContext(), getRemainingTimeInMillis: () => remaining };
    await expect(handler(3, context)).rejects.toMatchObject({ name: 'OutOfPaper' });
    expect(output.log).toMatchObject([{ faults: [{ name: 'OutOfPaper' }, { name: 'TableUnavailable' }] }]);
  });

  it('What goes wrong in telling the team is for the log', async () => {
    fake.answers('Update', () => {
      throw named('NotToday');
    });
    await expect(folding(async () => ({ faults: [named('OutOfPaper')] }))(3, aContext())).rejects.toThrow();
    expect(output.log).toMatchObject([{ faults: [{ name: 'OutOfPaper' }, { name: 'NotToday' }] }]);
  });
});
