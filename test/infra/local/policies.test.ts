import { describe, expect, it } from 'vitest';
import { allowing, partsOf, policyOf } from '../../../infra/local/policies.ts';

const TABLE = 'arn:aws:dynamodb:us-east-1:000000000000:table/orders';
const onKeys = (...keys: string[]) => ({
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys },
  Null: { 'dynamodb:LeadingKeys': 'false' },
});
const statement = (given: object = {}) => ({
  Effect: 'Allow',
  Action: 'dynamodb:GetItem',
  Resource: TABLE,
  ...given,
});
const policy = (...statements: object[]) => policyOf('reader', { managedPolicies: [], statements });

const reader = policy(
  statement({
    Action: ['dynamodb:GetItem', 'dynamodb:BatchGetItem'],
    Condition: onKeys('ORDER#*', 'DEPLOYMENT'),
  }),
  statement({ Action: 'dynamodb:BatchGetItem', Condition: onKeys('TOKEN#*') }),
  statement({ Action: 'dynamodb:Query', Resource: `${TABLE}/index/unsent` }),
);
const get = (...keys: string[]) => allowing(reader, { action: 'dynamodb:GetItem', resource: TABLE, keys });
const batch = (...keys: string[]) =>
  allowing(reader, { action: 'dynamodb:BatchGetItem', resource: TABLE, keys });

describe('a policy allows', () => {
  it('A policy allows an action on a resource, and tells by what of it', () => {
    const resource = `${TABLE}/index/unsent`;
    const call = { action: 'dynamodb:Query', resource };
    expect(allowing(reader, call)).toEqual([call]);
    expect(allowing(reader, { ...call, resource: TABLE })).toBeUndefined();
    expect(allowing(reader, { ...call, action: 'dynamodb:Scan' })).toBeUndefined();
  });

  it('A policy allows an action on all resources that its pattern names, and on no others', () => {
    const pattern = 'arn:aws:lambda:us-east-1:000000000000:function:plano-*:*';
    const action = 'lambda:DeleteFunction';
    const keeper = policy(statement({ Action: action, Resource: pattern }));
    const named = (name: string) =>
      allowing(keeper, { action, resource: `arn:aws:lambda:us-east-1:000000000000:function:${name}` });
    expect(named('plano-show:7')).toEqual([{ action, resource: pattern }]);
    expect(named('plano-show')).toBeUndefined();
    expect(named('other-show:7')).toBeUndefined();
  });

  it('A policy allows an action on rows of its leading keys, and on no others', () => {
    const actions = ['dynamodb:GetItem', 'dynamodb:BatchGetItem'];
    const action = { action: 'dynamodb:GetItem', resource: TABLE };
    expect(get('ORDER#7')).toEqual([action, { actions, resource: TABLE, key: 'ORDER#*' }]);
    expect(get('DEPLOYMENT')).toEqual([action, { actions, resource: TABLE, key: 'DEPLOYMENT' }]);
    expect(get('DEPLOYMENTS')).toBeUndefined();
    expect(get('TOKEN#7')).toBeUndefined();
    expect(get('AN ORDER#7')).toBeUndefined();
  });

  it('A policy allows a batch only if one statement allows all of its keys', () => {
    expect(batch('ORDER#7', 'DEPLOYMENT')).toBeDefined();
    expect(batch('ORDER#7', 'LOGIN#7')).toBeUndefined();
    // Both are allowed, but by two statements: a request has to satisfy one.
    expect(batch('ORDER#7', 'TOKEN#7')).toBeUndefined();
  });

  it('A policy allows nothing that is limited to keys when there are none', () => {
    expect(get()).toBeUndefined();
    expect(allowing(reader, { action: 'dynamodb:GetItem', resource: TABLE })).toBeUndefined();
  });
});

it('Each action of a policy can go unused, and each of the leading keys that actions share', () => {
  const actions = ['dynamodb:GetItem', 'dynamodb:PutItem'];
  const conditioned = statement({ Action: actions, Condition: onKeys('A', 'B') });
  expect(partsOf(policy(conditioned, statement({ Resource: ['x', 'y'] })))).toEqual([
    { action: 'dynamodb:GetItem', resource: TABLE },
    { action: 'dynamodb:PutItem', resource: TABLE },
    { actions, resource: TABLE, key: 'A' },
    { actions, resource: TABLE, key: 'B' },
    { action: 'dynamodb:GetItem', resource: 'x' },
    { action: 'dynamodb:GetItem', resource: 'y' },
  ]);
});

describe('what cannot be judged ends the start', () => {
  it.each([
    ['an action that is not known', { Action: 's3:GetObject' }],
    ['several actions in one word', { Action: 'dynamodb:*' }],
    ['a denial', { Effect: 'Deny' }],
    ['all actions but some', { NotAction: 'dynamodb:Scan' }],
    ['another condition', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } }],
    [
      'keys whose absence is not refused',
      { Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': 'A' } } },
    ],
    ['a pattern with more than a start', { Condition: onKeys('*#ORDER') }],
  ])('A policy with %s cannot be judged, which ends the start', (_, given) => {
    expect(() => policy(statement(given))).toThrow('What reader may do cannot be judged on this machine.');
  });

  it('A policy that the template does not hold cannot be judged, which ends the start', () => {
    const role = { managedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'], statements: [] };
    expect(() => policyOf('reader', role)).toThrow('what they allow is not known here');
  });
});
