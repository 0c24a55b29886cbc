import { readFileSync, writeFileSync } from 'node:fs';
import type { BundleSize } from './bundles.ts';
import type { Count } from './counts.ts';

const FILE = new URL('lines.json', import.meta.url);

/** What was measured, and what it may grow to: bundles by function, counts by case. */
export interface Lines {
  bundles: Record<string, BundleSize>;
  counts: Record<string, Count>;
}

export const readLines = (): Lines => JSON.parse(readFileSync(FILE, 'utf8'));

/** A bundle may grow by as much as a small change takes, or each would have to draw its line anew. */
const STEP_KB = 5;
const upToStep = (kilobytes: number): number => Math.ceil(kilobytes / STEP_KB) * STEP_KB;

/** Draws the lines anew, around what was measured. */
export const writeLines = ({ bundles, counts }: Lines): void => {
  const rounded = Object.entries(bundles).map(([name, { start, all }]) => [
    name,
    { start: upToStep(start), all: upToStep(all) },
  ]);
  const lines = { bundles: Object.fromEntries(rounded), counts };
  writeFileSync(FILE, `${JSON.stringify(lines, null, 2)}\n`);
};

/** What the figures are, in words. */
const UNITS = {
  start: 'KB to start with',
  all: 'KB in all',
  cold: 'requests to DynamoDB, cold',
  warm: 'requests to DynamoDB, warm',
  reads: 'read units',
  writes: 'write units',
};

/**
 * What has grown beyond its line, each in a sentence; and what has no line.
 *
 * @param name of what was measured
 */
export const beyondLine = <Figures extends BundleSize | Count>(
  name: string,
  measured: Figures,
  line: Figures | undefined,
): string[] => {
  if (line === undefined) return [`${name} has no line`];
  return Object.entries<number>({ ...measured }).flatMap(([figure, value]) => {
    const most = ({ ...line } as Record<string, number>)[figure] ?? 0;
    const unit = UNITS[figure as keyof typeof UNITS];
    return value > most ? [`${name}: ${value} ${unit}, where its line is ${most}`] : [];
  });
};
