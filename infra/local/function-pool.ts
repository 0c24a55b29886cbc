import type { FunctionInstance } from './function-instance.ts';
import { failure, type Reply } from './function-protocol.ts';

/** Instances that one function may have at once; Lambda's own limit is the account's, far above this machine's. */
const MAX_INSTANCES = 16;

/** The instances of one version of a function. An invocation that finds none free and no room for another waits. */
export class FunctionPool {
  readonly #startInstance: () => FunctionInstance;
  readonly #instances = new Set<FunctionInstance>();
  readonly #free: FunctionInstance[] = [];
  readonly #waiting: (() => void)[] = [];
  #busy = 0;
  #closed = false;
  #retired = false;

  constructor(startInstance: () => FunctionInstance) {
    this.#startInstance = startInstance;
  }

  async invoke(event: string): Promise<Reply> {
    // Whoever is woken takes over the place of the one who woke it.
    if (this.#busy >= MAX_INSTANCES) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#busy++;
    try {
      if (this.#closed) return failure('ServiceException', 'Functions are stopped');
      const instance = this.#acquire();
      const answer = await instance.invoke(event);
      if (!instance.usable) this.#instances.delete(instance);
      else if (this.#retired) await this.#end(instance);
      else this.#free.push(instance);
      return answer;
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#busy--;
    }
  }

  /** Ends all instances, and with them what they are doing. */
  async kill(): Promise<void> {
    await Promise.all([...this.#instances].map((instance) => instance.stop()));
  }

  /** Ends each instance once it has nothing more to do: calls go to another version. */
  async retire(): Promise<void> {
    this.#retired = true;
    await Promise.all(this.#free.splice(0).map((instance) => this.#end(instance)));
  }

  /** Ends what is under way or waits for that, and all instances but one that is free. */
  async clear(): Promise<void> {
    this.#closed = true;
    const kept = this.#free.splice(0).find(({ usable }) => usable);
    const others = [...this.#instances].filter((instance) => instance !== kept);
    await Promise.all(others.map((instance) => this.#end(instance)));
    if (kept !== undefined) this.#free.push(kept);
    this.#closed = false;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.kill();
  }

  #acquire(): FunctionInstance {
    for (let instance = this.#free.pop(); instance; instance = this.#free.pop()) {
      if (instance.usable) return instance;
      this.#instances.delete(instance);
    }
    const instance = this.#startInstance();
    this.#instances.add(instance);
    return instance;
  }

  async #end(instance: FunctionInstance): Promise<void> {
    this.#instances.delete(instance);
    await instance.stop();
  }
}
