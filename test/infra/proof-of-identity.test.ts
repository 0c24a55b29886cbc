import { describe, expect, inject, it } from 'vitest';
import { partitions } from '../../functions/table/partitions.ts';
import { policyOf } from '../../infra/local/policies.ts';
import { grantsByFunction } from '../releases/grants.ts';

/** What proves who somebody is, or says what somebody may do, can be written by those functions alone that are there for it. */
const WRITES_NOTHING = ['BatchGetItem', 'ConditionCheckItem', 'GetItem', 'Query'].map(
  (action) => `dynamodb:${action}`,
);
const { functions } = inject('assembly');

/** The functions that may write rows of a kind, without the stage's name. */
const writersOf = (start: string): string[] =>
  functions
    .filter(({ name, role }) =>
      policyOf(name, role).some(
        ({ actions, keys }) =>
          actions.some((action) => action.startsWith('dynamodb:') && !WRITES_NOTHING.includes(action)) &&
          // What has no keys is allowed on every row.
          (keys?.some((key) => start.startsWith(key.replace(/\*$/, '')) || key.startsWith(start)) ?? true),
      ),
    )
    .map(({ name }) => name.replace('plano-orders-dev-', ''))
    .toSorted();

it('Sessions and tokens are made and ended where people register and sign in', () => {
  expect(writersOf(partitions.token)).toEqual([
    'sessions-create',
    'sessions-destroy',
    'users-client_register',
    'users-register',
  ]);
});

it('Users are written where people register and sign in', () => {
  expect(writersOf(partitions.user)).toEqual(writersOf(partitions.token));
});

it('Passwords are written where people register or sign in, and nowhere else', () => {
  expect(writersOf(partitions.login)).toEqual(['sessions-create', 'users-register']);
});

it('Applications are written by no function', () => {
  expect(writersOf(partitions.applications)).toEqual([]);
});

describe('while calls shift from release 0.2', () => {
  it('The functions of release 0.2 may note in a session that it was used while calls shift from it, and no longer', () => {
    const [beside, alone] = [grantsByFunction({ beside: '0.2' }), grantsByFunction()];
    for (const name of ['orders-update', 'orders-show', 'sessions-show']) {
      expect(beside[name]?.['dynamodb:UpdateItem']).toContain('TOKEN#*');
      expect(alone[name]?.['dynamodb:UpdateItem']).not.toContain('TOKEN#*');
    }
  });

  it('The lists of release 0.2 may read the key of their cursors while calls shift from it, and no longer', () => {
    const [beside, alone] = [grantsByFunction({ beside: '0.2' }), grantsByFunction()];
    for (const name of ['orders-list', 'orders-history', 'notifications-list', 'emails-list']) {
      expect(beside[name]?.['dynamodb:BatchGetItem']).toContain('CURSOR_KEY');
      expect(alone[name]?.['dynamodb:BatchGetItem']).not.toContain('CURSOR_KEY');
    }
    expect(beside['orders-show']?.['dynamodb:BatchGetItem']).not.toContain('CURSOR_KEY');
  });

  it('Calls cannot shift from a release of which nothing is known', () => {
    expect(() => grantsByFunction({ beside: '0.1' })).toThrow('-c beside=… takes one of: 0.2');
  });
});
