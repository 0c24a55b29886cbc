import { allowing, type Call, type Part, type Policy, partsOf, policyOf } from './policies.ts';
import type { FunctionDescription } from './template.ts';

/** A part of a function's policy that can go unused. */
export type PartOfFunction = Part & { function: string };

const nameOf = (part: Part): string => JSON.stringify(Object.entries(part).sort());

interface Role {
  name: string;
  policy: Policy;
  used: Set<string>;
  /** How often it has made each call, by action. */
  made: Map<string, number>;
}

/** Judges what functions ask of AWS by the policies of their roles, and remembers what they made use of. */
export class Access {
  readonly #roles = new Map<string, Role>();
  readonly #denials: string[] = [];

  /** @throws Error that says what of a policy cannot be judged on this machine */
  constructor(functions: readonly FunctionDescription[]) {
    this.learn(functions);
  }

  /**
   * Takes over what functions may do from now on. A role is that of all versions of its function, of those before as well.
   *
   * @throws Error that says what of a policy cannot be judged on this machine
   */
  learn(functions: readonly FunctionDescription[]): void {
    for (const { logicalId, name, role } of functions) {
      const { used, made } = this.#roles.get(logicalId) ?? { used: new Set(), made: new Map() };
      this.#roles.set(logicalId, { name, policy: policyOf(name, role), used, made });
    }
  }

  /**
   * Whether the function of an access key, its logical id, may make all of those calls, of which it then makes use.
   *
   * @returns why not, in IAM's words; undefined if it may
   */
  judge(accessKeyId: string, calls: readonly Call[]): string | undefined {
    const role = this.#roles.get(accessKeyId);
    const allowed = calls.map((call) => role && allowing(role.policy, call));
    const denied = calls[allowed.indexOf(undefined)];
    if (denied === undefined) {
      for (const part of allowed.flat()) if (part) role?.used.add(nameOf(part));
      for (const { action } of calls) role?.made.set(action, (role.made.get(action) ?? 0) + 1);
      return undefined;
    }
    const { action, resource, keys } = denied;
    const why =
      `User: ${role?.name ?? accessKeyId} is not authorized to perform: ${action} on resource: ${resource} ` +
      `because no identity-based policy allows the ${action} action`;
    this.#denials.push(keys === undefined ? why : `${why} for ${keys.join(', ')}`);
    return why;
  }

  /**
   * Makes calls by the role of the function of that name, for those that Lambda makes in its place.
   *
   * @throws Error that says which it may not make
   */
  demand(functionName: string, calls: readonly Call[]): void {
    const found = [...this.#roles].find(([, { name }]) => name === functionName);
    const denied = this.judge(found?.[0] ?? functionName, calls);
    if (denied !== undefined) throw new Error(denied);
  }

  /** Forgets what was made use of, and what was denied. */
  clear(): void {
    this.#denials.length = 0;
    for (const { used, made } of this.#roles.values()) {
      used.clear();
      made.clear();
    }
  }

  /** What was denied, in order. */
  denials(): string[] {
    return [...this.#denials];
  }

  /** How often functions have made calls of those actions, such as `dynamodb:PutItem`, by the function and the action. */
  made(actions: readonly string[]): Record<string, number> {
    const counts = [...this.#roles.values()].flatMap(({ name, made }) =>
      actions.map((action) => [`${name} ${action}`, made.get(action) ?? 0] as const),
    );
    return Object.fromEntries(counts.filter(([, count]) => count > 0));
  }

  /** Which actions functions may take and have not, and which rows they may touch and have not. */
  unused(): PartOfFunction[] {
    return [...this.#roles.values()].flatMap(({ name, policy, used }) =>
      partsOf(policy)
        .filter((part) => !used.has(nameOf(part)))
        .map((part) => ({ function: name, ...part })),
    );
  }
}
