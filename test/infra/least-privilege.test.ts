import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { partitions } from '../../functions/table/partitions.ts';
import { allowing, type Call, OF_THE_RUNTIME, type Part, policyOf } from '../../infra/local/policies.ts';
import { doEverything } from '../support/everything.ts';
import { TestStack } from '../support/local-stack.ts';
import { secondJudge } from '../support/second-judge.ts';

/**
 * No function may do what it never does: each action that it may take it takes, and each kind of row that it may read, or write,
 * it does. The whole stack runs by the policies of its template, and does all that it does.
 */
const { functions } = inject('assembly');
let api: TestStack;
beforeAll(async () => {
  api = await TestStack.start({ alone: true });
  await doEverything(api, inject('assembly'));
}, 300_000);
afterAll(() => api.stop());

const unused = (name: string) => api.stack.access.unused().filter((part) => part.function === name);
const isOfTheRuntime = (part: Part): boolean => 'action' in part && OF_THE_RUNTIME.includes(part.action);

it('Nothing that the functions do is denied to them', () => {
  expect(api.stack.access.denials()).toEqual([]);
});

it.each(functions)('The function $name may do nothing that it does not', ({ name }) => {
  expect(unused(name).filter((part) => !isOfTheRuntime(part))).toEqual([]);
});

it.each(functions)(
  'The function $name lets the runtime write its log, and nothing else',
  ({ name, logGroup }) => {
    const log = `arn:aws:logs:us-east-1:000000000000:log-group:${logGroup}:*`;
    expect(unused(name).filter(isOfTheRuntime)).toEqual(
      OF_THE_RUNTIME.map((action) => ({
        function: name,
        action,
        resource: log,
      })),
    );
  },
);

/** A key of each kind of partition, and of none. */
const KEYS = [
  ...Object.values(partitions).map((start) => (start.endsWith('#') ? `${start}7` : start)),
  'ELSE#7',
];
const policies = functions.flatMap(({ name, role }) => policyOf(name, role));
const ofAny = <Value>(values: Value[]): Value[] => [...new Set(values)];
const actions = ofAny(policies.flatMap((statement) => statement.actions));
const resources = ofAny(policies.flatMap((statement) => statement.resources));
/** Whatever any function may do to anything; what is done to rows, on each kind alone, on orders besides, and on no row. */
const calls = actions.flatMap((action) =>
  resources.flatMap((resource): Call[] => [
    { action, resource },
    ...(action.startsWith('dynamodb:') ? KEYS : []).flatMap((key) => [
      { action, resource, keys: [key] },
      { action, resource, keys: ['ORDER#7', key] },
    ]),
  ]),
);

it.each(functions)(
  'The function $name may do what another judge of policies says it may, and no more',
  ({ name, role }) => {
    const policy = policyOf(name, role);
    const allowsToo = secondJudge(role.statements);
    const allowed = calls.filter((call) => allowing(policy, call) !== undefined);
    expect(allowed).not.toEqual([]);
    expect(calls.filter(allowsToo)).toEqual(allowed);
  },
);
