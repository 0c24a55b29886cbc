import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { ANSWER_MS } from '../../functions/table/deadline.ts';
import { RowKind } from '../../functions/table/row-kind.ts';
import { aContext } from '../support/events.ts';
import { folding, named } from '../support/folding.ts';
import { Output } from '../support/output.ts';
import { internalError, silence } from '../support/wire.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();
const output = new Output();
beforeEach(() => db.clear());

/** Of what the team was told. */
const told = async () => (await db.rows('NOTIFICATION')).map(({ sk }) => sk).toSorted();

it('A run of a job that is done leaves one line, and nothing else', async () => {
  const handler = folding(async ({ stage }) => ({ line: { sheets: 3, stage } }));
  expect(await handler(3, aContext())).toBe('3 folded');
  expect(output.log).toEqual([
    {
      level: 'INFO',
      message: 'fold',
      service: 'papers',
      timestamp: expect.any(String),
      function_request_id: 'function-request',
      function_version: '7',
      dynamodb_ms: 0,
      tries: 0,
      sheets: 3,
      stage: 'test',
    },
  ]);
  expect(output.metrics).toEqual([]);
  expect(db.wire.requests).toEqual([]);
});

it('A run of a job of which somebody should know leaves a warning', async () => {
  await folding(async () => ({ warns: true }))(3, aContext());
  expect(output.log).toMatchObject([{ level: 'WARN', sheets: 3 }]);
  expect(await told()).toEqual([]);
});

describe('a run that fails', () => {
  it('A run of a job that throws has written its line and its metrics, and told the team', async () => {
    const handler = folding(async ({ measure }) => {
      measure({ SheetsFolded: [2, 'Count'] });
      throw named('OutOfPaper');
    });
    await expect(handler(3, aContext())).rejects.toMatchObject({ name: 'OutOfPaper' });
    expect(output.log).toMatchObject([
      { level: 'ERROR', function_request_id: 'function-request', faults: [{ name: 'OutOfPaper' }] },
    ]);
    expect(output.metrics).toMatchObject([{ service: 'papers', SheetsFolded: 2 }]);
    expect(output.metrics[0]).not.toHaveProperty('ApplicationCrashes');
    expect(await db.rows('NOTIFICATION')).toMatchObject([
      { sk: 'application-crash#fold-paper: OutOfPaper', last_request_id: 'function-request' },
    ]);
  });

  it('A run of a job that fails in a part says what was done, and rejects with the first of its faults', async () => {
    const faults = [named('OutOfPaper'), named('OutOfInk')];
    const handler = folding(async () => ({ faults }));
    await expect(handler(3, aContext())).rejects.toBe(faults[0]);
    expect(output.log).toMatchObject([
      { level: 'ERROR', sheets: 3, faults: [{ name: 'OutOfPaper' }, { name: 'OutOfInk' }] },
    ]);
    expect(output.metrics).toEqual([]);
    expect(await told()).toEqual([
      'application-crash#fold-paper: OutOfInk',
      'application-crash#fold-paper: OutOfPaper',
    ]);
  });

  it('A run of a job that runs out of its time says so before Lambda stops it', async () => {
    let left = 15_000;
    const handler = folding(() => {
      left = 2 * ANSWER_MS;
      return new Promise(() => undefined);
    });
    const context = { ...aContext(), getRemainingTimeInMillis: () => left };
    await expect(handler(3, context)).rejects.toMatchObject({ name: 'OutOfTime' });
    expect(output.log).toMatchObject([{ level: 'ERROR', faults: [{ name: 'OutOfTime' }] }]);
    expect(await told()).toEqual(['application-crash#fold-paper: OutOfTime']);
  });

  it('A run of a job without an environment writes its line, though nobody can be told', async () => {
    vi.stubEnv('TABLE_NAME', '');
    const handler = folding(async () => ({}));
    await expect(handler(3, aContext())).rejects.toThrow('TABLE_NAME');
    expect(output.log).toMatchObject([{ level: 'ERROR', message: 'fold', faults: [{}] }]);
    expect(db.wire.requests).toEqual([]);
  });

  it.each([
    ['fails', internalError],
    ['says nothing', silence],
  ])(
    'A run of a job rejects in time with its own fault, also when the team cannot be told as the table %s',
    async (_, fault) => {
      db.wire.fail('UpdateItem', fault, Number.POSITIVE_INFINITY);
      const handler = folding(async () => ({ faults: [named('OutOfPaper')] }));
      const startedAt = performance.now();
      const context = {
        ...aContext(),
        getRemainingTimeInMillis: () => 1_000 + startedAt - performance.now(),
      };
      await expect(handler(3, context)).rejects.toMatchObject({ name: 'OutOfPaper' });
      expect(context.getRemainingTimeInMillis()).toBeGreaterThan(0);
      expect(output.log).toMatchObject([
        { level: 'ERROR', faults: [{ name: 'OutOfPaper' }, { name: 'TableUnavailable' }] },
      ]);
    },
  );
});

describe('a run that does not fail', () => {
  it('A run of a job that does not fail has what it reports logged, counted and told', async () => {
    const handler = folding(async ({ report }) => {
      report(named('OutOfPaper'));
      report(named('OutOfPaper'));
      return {};
    });
    expect(await handler(3, aContext())).toBe('3 folded');
    const OutOfPaper = { name: 'OutOfPaper' };
    expect(output.log).toMatchObject([{ level: 'ERROR', sheets: 3, faults: [OutOfPaper, OutOfPaper] }]);
    expect(output.metrics).toMatchObject([{ service: 'papers', ApplicationCrashes: 2 }]);
    expect(await told()).toEqual(['application-crash#fold-paper: OutOfPaper']);
  });

  it('A run of a job tells of the rows that could not be read, which are no crash', async () => {
    const papers = new RowKind(z.object({ size: z.string() }));
    const handler = folding(async ({ table }) => {
      papers.readOrLeaveOut(table, { pk: 'PAPER#1', sk: 'PAPER', size: 4 });
      return {};
    });
    expect(await handler(3, aContext())).toBe('3 folded');
    expect(output.log).toMatchObject([{ level: 'ERROR', sheets: 3, faults: [{ name: 'UnreadableRow' }] }]);
    expect(output.metrics).toEqual([]);
    expect(await told()).toEqual(['unreadable-row#PAPER PAPER: size']);
  });

  it('A run of a job knows nothing of the run before', async () => {
    let runs = 0;
    const handler = folding(async ({ report }) => {
      runs += 1;
      if (runs === 1) report(named('OutOfPaper'));
      return {};
    });
    await handler(3, aContext());
    await handler(4, aContext());
    expect(output.log[1]).toMatchObject({ level: 'INFO', sheets: 4 });
    expect(output.metrics).toHaveLength(1);
  });
});
