import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { OF_THE_RUNTIME, type Part } from '../../infra/local/policies.ts';
import { doEverything } from '../support/everything.ts';
import { TestStack } from '../support/local-stack.ts';

/**
 * No function may do what it never does: each action that it may take it takes, and each kind of row that it may read, or write,
 * it does. The whole stack runs by the policies of its template, and does all that it does.
 */
const { functions } = inject('assembly');
let api: TestStack;
beforeAll(async () => {
  api = await TestStack.start();
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
