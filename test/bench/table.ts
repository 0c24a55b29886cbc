import type { BundleSize } from './bundles.ts';
import type { Count } from './counts.ts';
import type { Times } from './times.ts';

const ofColumns = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** A table in Markdown, whose first column is text and all others are figures. */
export const markdownTable = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map((_, index) => (index === 0 ? '---' : '---:')), ...rows].map(ofColumns).join('\n');

const figure = (value: number | undefined): string => value?.toFixed(0) ?? '';

/** A median, with the least and the most. */
const spread = (samples: readonly number[] = []): string => {
  const sorted = samples.toSorted((one, other) => one - other);
  const [least, median, most] = [0, 0.5, 1].map((part) => sorted[Math.floor((sorted.length - 1) * part)]);
  return sorted.length === 0 ? '' : `${figure(median)} (${figure(least)}–${figure(most)})`;
};

/** All that was measured of one case or function, as far as it was. */
export interface Measured {
  size?: BundleSize | undefined;
  count?: Count | undefined;
  times?: Times | undefined;
}

/** The one table of all, by name. */
export const tableOf = (measured: ReadonlyMap<string, Measured>): string =>
  markdownTable(
    [
      'route or function',
      'KB at the start',
      'KB in all',
      'requests cold',
      'warm',
      'read units',
      'write units',
      'cold, ms of CPU',
      'warm, µs of CPU',
    ],
    [...measured].map(([name, { size, count, times }]) => [
      name,
      figure(size?.start),
      figure(size?.all),
      figure(count?.cold),
      figure(count?.warm),
      count === undefined ? '' : String(count.reads),
      count === undefined ? '' : String(count.writes),
      spread(times?.cold),
      spread(times?.warm),
    ]),
  );
