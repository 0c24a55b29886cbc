import type * as z from 'zod/mini';
import type { FaultCode } from './code-docs.ts';
import { type Fault, fault, firstOfEach, missing, shownName, UNKNOWN } from './faults.ts';

type Issue = z.core.$ZodIssue;
type IssuePath = readonly PropertyKey[];

/** A path as clients write it: `line_items[2].quantity`. */
const paramAt = (path: IssuePath): string =>
  path.reduce<string>(
    (param, step) =>
      typeof step === 'number'
        ? `${param}[${step}]`
        : param === ''
          ? String(step)
          : `${param}.${String(step)}`,
    '',
  );

const EXPECTED: Record<string, string> = {
  string: 'must be text',
  int: 'must be a whole number',
  number: 'must be a whole number',
  boolean: 'must be true or false',
  array: 'must be a list',
  object: 'must be an object',
};

/** A fault and the path of its parameter. */
export interface LocatedFault {
  path: IssuePath;
  fault: Fault;
}

const faultsOfIssue = (issue: Issue): LocatedFault[] => {
  const { path } = issue;
  const param = paramAt(path);
  const one = (code: FaultCode, predicate: string): LocatedFault[] => [
    { path, fault: fault(param, code, predicate) },
  ];
  if ((issue.code === 'invalid_type' || issue.code === 'invalid_value') && issue.input === undefined) {
    return [{ path, fault: missing(param) }];
  }
  switch (issue.code) {
    case 'invalid_type':
      // Numbers have no end in JSON, and one here: 1e400 is read as infinite.
      if (issue.expected === 'number' && typeof issue.input === 'number') {
        return one(issue.input < 0 ? 'too-small' : 'too-large', 'is out of all bounds');
      }
      return one('type', EXPECTED[issue.expected] ?? `must be of type ${issue.expected}`);
    case 'unrecognized_keys':
      return issue.keys.map((key) => {
        const param = paramAt([...path, shownName(key)]);
        return { path: [...path, key], fault: fault(param, UNKNOWN, 'is not a parameter of this route') };
      });
    // Of lists: numbers and texts have rules of their own, in `params.ts`.
    case 'too_small':
      return one('too-few', `must have at least ${issue.minimum} elements`);
    case 'too_big':
      return one('too-many', `must have at most ${issue.maximum} elements`);
    case 'invalid_value':
      return one('not-one-of', `must be one of ${issue.values.join(', ')}`);
    case 'custom':
      return one((issue.params?.code as FaultCode | undefined) ?? 'malformed', issue.message);
    default:
      return one('malformed', 'is malformed');
  }
};

/**
 * What a schema's issues say to a client. They must have been reported with their input (`reportInput`). Where one mistake breaks
 * several of zod's rules, such as a text in the place of a list, which is not long enough either, it is the first.
 */
export const faultsOfIssues = (issues: readonly Issue[]): LocatedFault[] =>
  // By the steps of their paths: the name of an unknown parameter may read like the path of another.
  firstOfEach(issues.flatMap(faultsOfIssue), ({ path }) => JSON.stringify(path));
