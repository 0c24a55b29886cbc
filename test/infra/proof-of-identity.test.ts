import { expect, inject, it } from 'vitest';
import { partitions } from '../../functions/table/partitions.ts';
import { policyOf } from '../../infra/local/policies.ts';

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
    'sessions-destroy_others',
    'users-change_password',
    'users-client_register',
    'users-register',
    'users-reset_password',
  ]);
});

it('Users are written where people register, sign in, or prove whose an address is', () => {
  expect(writersOf(partitions.user)).toEqual(
    [...writersOf(partitions.token), 'users-verify'].filter((name) => name !== 'sessions-destroy_others'),
  );
});

it('What proves whose an address is is made where it is sent there, and used up where it is given', () => {
  expect(writersOf(partitions.proof)).toEqual([
    'send-due-emails',
    'users-change_password',
    'users-register',
    'users-request_password_reset',
    'users-reset_password',
    'users-send_verification',
    'users-verify',
  ]);
});

it('Passwords are written where people register, sign in, or set another one, and nowhere else', () => {
  expect(writersOf(partitions.login)).toEqual([
    'sessions-create',
    'users-change_password',
    'users-register',
    'users-reset_password',
  ]);
});

it('The audit trail is added to where employees decide or become such, and read by no function', () => {
  expect(writersOf(partitions.audit)).toEqual([
    'emails-discard',
    'emails-resend',
    'notifications-acknowledge',
    'users-reset_password',
  ]);
  const readers = functions.filter(({ name, role }) =>
    policyOf(name, role).some(
      ({ actions, keys }) =>
        actions.some((action) => /BatchGetItem|GetItem|Query/.test(action)) &&
        keys?.some((key) => key.startsWith(partitions.audit)),
    ),
  );
  expect(readers).toEqual([]);
});

it('Applications are written by no function', () => {
  expect(writersOf(partitions.applications)).toEqual([]);
});
