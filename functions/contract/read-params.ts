import * as z from 'zod/mini';
import { type Fault, firstOfEach, MISSING, TYPE, UNKNOWN } from './faults.ts';
import { faultsOfIssues, type LocatedFault } from './faults-of-issues.ts';
import { readBy } from './params.ts';
import { type Refused, refusalOf } from './refused.ts';

type Path = LocatedFault['path'];

/**
 * What is sound of a value: in the place of what has a fault in itself is undefined, be it an element of a list or a member of an
 * object. A member that is not given is not there, so that a rule can tell it from one that is given with a fault.
 */
export type SoundPart<Value> = Value extends readonly (infer Element)[]
  ? (SoundPart<Element> | undefined)[]
  : Value extends object
    ? { [Name in keyof Value]: SoundPart<Value[Name]> | undefined }
    : Value;

/** What is sound of a request's parameters; one that is not given is undefined as well. */
export type Sound<Params> = { [Name in keyof Params]?: SoundPart<Params[Name]> | undefined };

/** A request's parameters: what is sound of them, and all of them once it is known that none is faulty. */
export interface Reading<Params> {
  sound: Sound<Params>;
  /** What is known to be wrong with them before any rule of the route's. */
  faults: readonly Fault[];
  /** Whether a parameter is given, be it with a fault; one that is null is not. */
  isGiven(name: keyof Params): boolean;
  /**
   * All parameters, if neither they nor what is added has a fault. It is the only way to the whole, so that a route's
   * own rules can add to the faults of the schema, and a client learns of all of them at once.
   *
   * @throws {Refused} `missing-param` or `invalid-param`, with `data`
   */
  complete(more?: readonly Fault[], data?: unknown): Params;
  /**
   * These faults, and if the request is refused for them or for others that are known, also those for which somebody looks only
   * then.
   */
  withMore(faults: readonly Fault[], look: () => Promise<readonly Fault[]>): Promise<readonly Fault[]>;
  /** The refusal for these faults and more, of which there must be at least one. */
  refusal(more?: readonly Fault[], data?: unknown): Refused;
}

/** The value without any null in its objects, down to a depth: beyond it, nesting may be deeper than the stack. */
const withoutNulls = (value: unknown, depth: number): unknown => {
  if (depth === 0 || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((element) => withoutNulls(element, depth - 1));
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      inner === null ? [] : [[key, withoutNulls(inner, depth - 1)]],
    ),
  );
};

const locate = (schema: z.ZodMiniObject, raw: unknown): LocatedFault[] => {
  const faultsOf = (value: unknown) =>
    faultsOfIssues(schema.safeParse(value, { reportInput: true }).error?.issues ?? []);
  const located = faultsOf(raw);
  // A required parameter that is null counts as absent, an optional one has the wrong type. Which of them are required
  // shows when all nulls are left out that can have a fault.
  const depth = located.reduce((deepest, { path }) => Math.max(deepest, path.length), 0);
  const missing = new Map(
    faultsOf(withoutNulls(raw, depth))
      .filter(({ fault }) => fault.code === MISSING)
      .map(({ fault }) => [fault.param, fault]),
  );
  // An unknown parameter's name is the client's choice, and may read like the path of another.
  return located.map(({ path, fault }) => ({
    path,
    fault: fault.code === UNKNOWN ? fault : (missing.get(fault.param) ?? fault),
  }));
};

/** The paths from one of a value's members, or elements, to what is faulty in it. */
const pathsFrom = (step: PropertyKey, faulty: readonly Path[]): Path[] =>
  faulty.filter(([first]) => first === step).map((path) => path.slice(1));

/**
 * A value as the schema reads it, or what of it is without a fault.
 *
 * @param faulty the paths to what is faulty within the value
 */
const soundPart = (schema: z.core.$ZodType, value: unknown, faulty: readonly Path[]): unknown => {
  if (faulty.length === 0) return z.safeParse(schema, value).data;
  // The fault is its own.
  if (faulty.some((path) => path.length === 0)) return undefined;
  const read = readBy(schema, value);
  if (read instanceof z.ZodMiniArray) {
    return (value as unknown[]).map((element, index) =>
      soundPart(read.def.element, element, pathsFrom(index, faulty)),
    );
  }
  if (!(read instanceof z.ZodMiniObject)) return undefined;
  const members = value as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(read.shape)
      .filter(([name]) => Object.hasOwn(members, name))
      .map(([name, member]) => [name, soundPart(member, members[name], pathsFrom(name, faulty))]),
  );
};

const readingOf = <Params>(
  raw: Record<string, unknown>,
  sound: Sound<Params>,
  faults: readonly Fault[],
  whole: Params | undefined,
): Reading<Params> => {
  const isGiven = (name: keyof Params): boolean => (raw[name as string] ?? null) !== null;
  const refusal = (more: readonly Fault[] = [], data?: unknown) => {
    // One that is null counts as absent where a rule requires it, as where the schema does.
    const required = new Map(
      more
        .filter(({ param, code }) => code === MISSING && !isGiven(param as keyof Params))
        .map((fault) => [fault.param, fault]),
    );
    const known = faults.map((each) => (each.code === TYPE ? (required.get(each.param) ?? each) : each));
    // A parameter that has a fault in itself is absent from what is sound, of which a rule may think that it is missing.
    const isNew = ({ param }: Fault): boolean => !known.some((each) => each.param === param);
    // Of what the rules find wrong with one parameter, the first is told.
    return refusalOf([...known, ...firstOfEach(more.filter(isNew), ({ param }) => param)], data);
  };
  return {
    sound,
    faults,
    isGiven,
    complete: (more = [], data) => {
      if (whole === undefined || faults.length + more.length > 0) throw refusal(more, data);
      return whole;
    },
    withMore: async (more, look) => (faults.length + more.length === 0 ? more : [...more, ...(await look())]),
    refusal,
  };
};

/**
 * Reads a request's parameters by a route's schema, and finds every fault in them.
 *
 * @param raw the parameters as sent, without `token`
 * @param stray faults that are known already
 */
export const readParams = <Schema extends z.ZodMiniObject>(
  schema: Schema,
  raw: Record<string, unknown>,
  stray: readonly Fault[] = [],
): Reading<z.infer<Schema>> => {
  const parsed = schema.safeParse(raw);
  const located = parsed.success ? [] : locate(schema, raw);
  const faulty = located.map(({ path }) => path);
  const sound = parsed.success
    ? parsed.data
    : Object.fromEntries(
        Object.entries(schema.shape).map(([name, member]) => [
          name,
          soundPart(member, raw[name], pathsFrom(name, faulty)),
        ]),
      );
  return readingOf(
    raw,
    sound as Sound<z.infer<Schema>>,
    [...located.map(({ fault }) => fault), ...stray],
    parsed.data as z.infer<Schema> | undefined,
  );
};
