import type * as z from 'zod/mini';
import type { Key, Row } from './row.ts';

/** A row that cannot be read. What it says names the row, and nothing that stands in it. */
export class UnreadableRow extends Error {
  override readonly name = 'UnreadableRow';
  readonly key: Key;
  /** Where the first thing is that is not as it should be, but for its place in a list, such as `line_items.name`. */
  readonly path: string;
  /** What is not as it should be, place by place. */
  readonly issues: readonly z.core.$ZodIssue[];

  constructor({ pk, sk }: Row, cause: z.core.$ZodError) {
    super(`the row ${pk} ${sk} cannot be read`, { cause });
    this.key = { pk: String(pk), sk: String(sk) };
    this.path = (cause.issues[0]?.path ?? []).filter((step) => typeof step === 'string').join('.');
    this.issues = cause.issues;
  }
}

/** Hears of a row that cannot be read, of which whoever reads its neighbours hears nothing; the table is one. */
export interface LeavesOut {
  leaveOut(row: UnreadableRow): void;
}

/** Makes a row of one version one of the next. */
export type Upgrade = (row: Row) => Row;

/**
 * Rows of one kind, which several releases read and write at the same time, and which live for years. They are read loosely:
 * attributes that only another release knows are none of this one's business, and a state or a kind may be any text. What this
 * release makes of a row is its entity; what clients see of it is a view, which is strict.
 *
 * A row says in `schema_version` by which version it was written. One that says nothing is of the first, as release 0.2 wrote
 * all of them, and it says nothing still: release 0.2 refuses orders with an attribute that it does not know. A later version is
 * for what loose reading cannot bridge. Rows of it come with release N + 1, when release N can read them already.
 */
export class RowKind<Entity> {
  readonly #schema: z.ZodMiniType<Entity>;
  readonly #upgrades: readonly Upgrade[];

  /** @param upgrades from the first version on, each to the next; the version that is written is the last */
  constructor(schema: z.ZodMiniType<Entity>, upgrades: readonly Upgrade[] = []) {
    this.#schema = schema;
    this.#upgrades = upgrades;
  }

  /** What a row that this release writes says of its version. */
  get version(): { schema_version?: number } {
    return this.#upgrades.length === 0 ? {} : { schema_version: this.#upgrades.length + 1 };
  }

  /**
   * What a row holds. A row of a version after ours is read as it is: whoever writes it has seen to it that we can.
   *
   * @throws {UnreadableRow}
   */
  read(row: Row): Entity {
    const version = typeof row.schema_version === 'number' ? row.schema_version : 1;
    const upgrades = this.#upgrades.slice(version - 1);
    const upgraded =
      upgrades.length === 0
        ? row
        : { ...upgrades.reduce((older, upgrade) => upgrade(older), row), ...this.version };
    const { data, error } = this.#schema.safeParse(upgraded);
    if (error !== undefined) throw new UnreadableRow(row, error);
    return data;
  }

  /** What those of the rows hold that can be read; the others are left out, and the table's request will tell of them. */
  readAll(table: LeavesOut, rows: readonly Row[]): Entity[] {
    return rows.flatMap((row) => {
      const entity = this.readOrLeaveOut(table, row);
      return entity === undefined ? [] : [entity];
    });
  }

  /** What a row of several holds; undefined when it cannot be read, and then it is left out. */
  readOrLeaveOut(table: LeavesOut, row: Row): Entity | undefined {
    try {
      return this.read(row);
    } catch (error) {
      if (!(error instanceof UnreadableRow)) throw error;
      table.leaveOut(error);
      return undefined;
    }
  }
}
