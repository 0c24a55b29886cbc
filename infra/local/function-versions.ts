import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { FunctionInstance } from './function-instance.ts';
import { FunctionPool } from './function-pool.ts';
import type { FunctionDescription } from './template.ts';

/** What the files of a folder hold, by their names. */
const contentOf = (folder: string): Map<string, Buffer> =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((file) => [file.slice(folder.length), readFileSync(file)]),
  );

/** Whether two descriptions make the same version: the role belongs to the function, and is that of all its versions. */
const isSameVersion = (one: FunctionDescription, other: FunctionDescription): boolean => {
  const settings = ({ codePath: _, role: __, ...rest }: FunctionDescription) => rest;
  if (!isDeepStrictEqual(settings(one), settings(other))) return false;
  return (
    one.codePath === other.codePath || isDeepStrictEqual(contentOf(one.codePath), contentOf(other.codePath))
  );
};

/** The versions of one function, which do not change any more, and its alias, which says which of them is called. */
export class FunctionVersions {
  readonly #startInstance: (description: FunctionDescription, version: string) => FunctionInstance;
  readonly #published = new Map<string, FunctionDescription>();
  /** Those of versions that were called before finish what they are doing. */
  readonly #pools: FunctionPool[] = [];
  #latest = '0';
  #live = '';

  constructor(startInstance: (description: FunctionDescription, version: string) => FunctionInstance) {
    this.#startInstance = startInstance;
  }

  /** The version that is called. */
  get live(): string {
    return this.#live;
  }

  has(version: string): boolean {
    return this.#published.has(version);
  }

  /**
   * Has the function be as it is described. If its latest version is not, another is published, and called from now on; if it is,
   * the alias stays where it is.
   *
   * @returns the number of the version
   */
  publish(description: FunctionDescription): string {
    const latest = this.#published.get(this.#latest);
    if (latest === undefined || !isSameVersion(latest, description)) {
      this.#latest = String(Number(this.#latest) + 1);
      this.#published.set(this.#latest, description);
      this.call(this.#latest);
    }
    return this.#latest;
  }

  /** Has a version be called from now on, by new instances, one that there is. What is under way ends as it has begun. */
  call(version: string): void {
    const description = this.#published.get(version);
    if (description === undefined || version === this.#live) return;
    void this.#pools.at(-1)?.retire();
    this.#pools.push(new FunctionPool(() => this.#startInstance(description, version)));
    this.#live = version;
  }

  delete(version: string): void {
    this.#published.delete(version);
  }

  /** Calls the function by its alias, with JSON. */
  invoke(event: string) {
    return this.#current.invoke(event);
  }

  async kill(): Promise<void> {
    await Promise.all(this.#pools.map((pool) => pool.kill()));
  }

  async clear(): Promise<void> {
    await Promise.all(this.#pools.map((pool) => pool.clear()));
  }

  async close(): Promise<void> {
    await Promise.all(this.#pools.map((pool) => pool.close()));
  }

  get #current(): FunctionPool {
    const pool = this.#pools.at(-1);
    if (pool === undefined) throw new Error('Nothing was published.');
    return pool;
  }
}
