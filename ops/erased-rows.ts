import { partitions } from '../functions/table/partitions.ts';
import type { Row } from '../functions/table/row.ts';

/** What stands in the place of a name. */
export const ERASED = 'erased user';

/** Whose name is to go. */
export interface Person {
  user_id: number;
  name: string;
}

/** Where a name stands in an order, and so in the changes of its history, which name the field. */
const NAMES = /(?:^|\.)(?:completed_by|cancelled_by)$/;

const isMap = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

const withoutName = (value: unknown, field: string, name: string): unknown => {
  if (typeof value === 'string') return NAMES.test(field) && value === name ? ERASED : value;
  if (Array.isArray(value)) return value.map((element) => withoutName(element, field, name));
  if (!isMap(value)) return value;
  const fieldOf = (key: string): string =>
    key === 'before' || key === 'after' ? String(value.field ?? '') : key;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, withoutName(inner, fieldOf(key), name)]),
  );
};

const isTheirs = (by: unknown, { user_id }: Person): by is Row =>
  isMap(by) && by.token === 'session' && by.id === user_id;

/**
 * A row of an order, of its history or of a notification without the name of a person. History says by an id who it was; elsewhere
 * a name is all there is, and goes wherever it stands: also that of another person who has the same.
 */
export const erasedRow = (row: Row, person: Person): Row => {
  if (row.pk === partitions.notifications) {
    return row.acknowledged_by === person.name ? { ...row, acknowledged_by: ERASED } : row;
  }
  const erased = withoutName(row, '', person.name) as Row;
  return isTheirs(row.by, person) ? { ...erased, by: { ...row.by, name: ERASED } } : erased;
};
