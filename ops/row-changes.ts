import { InvalidArgumentError } from 'commander';
import type { Row } from '../functions/table/row.ts';
import { OpsError } from './target.ts';

/** A change of one value in a row: `value` is put at the path, or without one what is there is removed. */
export interface RowChange {
  /** Such as `['line_items', '0', 'quantity']`. */
  path: readonly string[];
  value?: unknown;
}

const pathOf = (text: string): string[] => {
  const path = text.split(/[.[\]]+/).filter((step) => step !== '');
  const [first] = path;
  if (first === undefined) throw new InvalidArgumentError('It must name an attribute.');
  if (first === 'pk' || first === 'sk') throw new InvalidArgumentError('A row keeps its key.');
  return path;
};

/** Reads `line_items[0].quantity=3`, of which what stands right of the first `=` is JSON. */
export const settingOf = (text: string, before: RowChange[] = []): RowChange[] => {
  const at = text.indexOf('=');
  if (at < 0) throw new InvalidArgumentError('It must be such as status=\'"open"\'.');
  try {
    return [...before, { path: pathOf(text.slice(0, at)), value: JSON.parse(text.slice(at + 1)) }];
  } catch (error) {
    if (error instanceof InvalidArgumentError) throw error;
    throw new InvalidArgumentError('What stands right of the = must be JSON: text in quotation marks.');
  }
};

/** Reads the path of what is to be removed. */
export const removalOf = (text: string, before: RowChange[] = []): RowChange[] => [
  ...before,
  { path: pathOf(text) },
];

const isContainer = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Whether a step leads to an element that a list has; any step leads somewhere in a map. */
const leadsSomewhere = (container: Record<string, unknown>, step: string): boolean =>
  !Array.isArray(container) || (/^\d+$/.test(step) && Number(step) < container.length);

/**
 * The row after the changes; the row itself stays as it is.
 *
 * @throws {OpsError} if there is nothing at a path that could hold the value, or nothing to remove
 */
export const changedRow = (row: Row, changes: readonly RowChange[]): Row => {
  const changed = structuredClone(row);
  for (const { path, value } of changes) {
    const last = path.at(-1) ?? '';
    let container: unknown = changed;
    for (const step of path.slice(0, -1)) container = isContainer(container) ? container[step] : undefined;
    if (!isContainer(container)) throw new OpsError(`There is nothing at ${path.slice(0, -1).join('.')}.`);
    const isThere = Array.isArray(container) || value === undefined ? last in container : true;
    if (!isThere || !leadsSomewhere(container, last)) {
      throw new OpsError(
        `There is nothing at ${path.join('.')}; an element of a list is named by its place, from 0.`,
      );
    }
    if (value !== undefined) container[last] = value;
    else if (Array.isArray(container)) container.splice(Number(last), 1);
    else delete container[last];
  }
  return changed;
};
