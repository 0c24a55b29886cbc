import { expect, inject, it } from 'vitest';
import { partitions } from '../../functions/contract/table-partitions.ts';
import { permissionsOf, policyOf } from '../../infra/local/policies.ts';

/** What proves who somebody is, or says what somebody may do, can be written by those functions alone that are there for it. */
const READS = ['BatchGetItem', 'ConditionCheckItem', 'GetItem', 'Query'].map(
  (action) => `dynamodb:${action}`,
);
const { functions } = inject('assembly');

/** The functions that may write rows of a kind, without the stage's name. */
const writersOf = (start: string): string[] =>
  functions
    .filter(({ name, role }) =>
      permissionsOf(policyOf(name, role)).some(
        ({ action, key }) =>
          action.startsWith('dynamodb:') &&
          !READS.includes(action) &&
          // What has no key is allowed on every row.
          (key === undefined || start.startsWith(key.replace(/\*$/, '')) || key.startsWith(start)),
      ),
    )
    .map(({ name }) => name.replace('plano-orders-dev-', ''))
    .toSorted();

it('sessions and tokens are made and ended where people register and sign in', () => {
  expect(writersOf(partitions.token)).toEqual([
    'sessions-create',
    'sessions-destroy',
    'users-client_register',
    'users-register',
  ]);
});

it('users are written there as well', () => {
  expect(writersOf(partitions.user)).toEqual(writersOf(partitions.token));
});

it('passwords are written by who registers or signs in', () => {
  expect(writersOf(partitions.login)).toEqual(['sessions-create', 'users-register']);
});

it('applications are written by no function', () => {
  expect(writersOf(partitions.applications)).toEqual([]);
});
