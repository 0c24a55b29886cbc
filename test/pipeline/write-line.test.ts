import { beforeEach, expect, it } from 'vitest';
import { writeLine } from '../../functions/pipeline/write-line.ts';

/** What was written: level, message and line. */
let written: [string, string, unknown][];
beforeEach(() => {
  written = [];
});
const logger = Object.fromEntries(
  ['info', 'warn', 'error'].map((level) => [
    level,
    (message: string, line: unknown) => void written.push([level, message, line]),
  ]),
) as never;
const line = { order_id: 7 };

it('A line without faults is information', () => {
  writeLine(logger, 'request', line, [], false);
  expect(written).toEqual([['info', 'request', line]]);
});

it('A line of which somebody should know is a warning', () => {
  writeLine(logger, 'request', line, [], true);
  expect(written).toEqual([['warn', 'request', line]]);
});

it('A line with faults is an error, whatever else it warns of, and describes each without anything personal', () => {
  const fault = new Error('no luck with erin@example.com');
  for (const warns of [false, true]) writeLine(logger, 'request', line, [fault, 'odd'], warns);
  const told = { order_id: 7, faults: [{ name: 'Error', message: 'no luck with ***' }, { name: 'string' }] };
  expect(written).toMatchObject([
    ['error', 'request', told],
    ['error', 'request', told],
  ]);
});
