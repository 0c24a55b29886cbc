import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { aDatabase } from '../support/local-stack.ts';
import { bundleSizes } from './bundles.ts';
import { cases } from './cases.ts';
import { countOf, MeteredStack } from './counts.ts';
import { beyondLine, readLines } from './lines.ts';

/** What costs money or a start grows only when somebody draws its line anew: `npm run bench -- --write`. */
const lines = readLines();

describe('lines', () => {
  const line = { cold: 3, warm: 2, reads: 1.5, writes: 8 };

  it('What is at its line or below is not beyond it', () => {
    expect(beyondLine('orders/show', { ...line, cold: 2 }, line)).toEqual([]);
  });

  it('What has grown is named, with what it is and what it may be', () => {
    expect(beyondLine('orders/show', { ...line, warm: 3, writes: 10 }, line)).toEqual([
      'orders/show: 3 requests to DynamoDB, warm, where its line is 2',
      'orders/show: 10 write units, where its line is 8',
    ]);
  });

  it('What has no line is named', () => {
    expect(beyondLine('orders/new', line, undefined)).toEqual(['orders/new has no line']);
  });

  it('Everything that has a line is measured', () => {
    expect(Object.keys(lines.counts)).toEqual(cases.map(({ name }) => name));
    expect(Object.keys(lines.bundles)).toEqual(Object.keys(bundleSizes(inject('assembly'))));
  });
});

it.each(Object.entries(bundleSizes(inject('assembly'))))(
  'The bundle of %s has not grown beyond its line',
  (name, size) => {
    expect(beyondLine(name, size, lines.bundles[name])).toEqual([]);
  },
);

describe('on the whole stack', () => {
  let stack: MeteredStack;
  beforeAll(async () => {
    stack = await MeteredStack.start(aDatabase(), inject('assembly'), inject('folder'));
  });
  afterAll(() => stack.stop());

  it.each(cases)('A request of $name asks no more of DynamoDB than its line says', async (each) => {
    expect(beyondLine(each.name, countOf(await stack.do(each)), lines.counts[each.name])).toEqual([]);
  });
});
