import { describe, expect, it } from 'vitest';
import type { Route } from '../../functions/contract/define-route.ts';
import { access, Grant } from '../../functions/table/grants.ts';
import { echoRoute } from '../support/echo-route.ts';

const find = new Grant({ order: ['BatchGetItem'] });
const list = new Grant({ client: ['BatchGetItem'], order: ['BatchGetItem', 'Query'] }, ['orders-of-all']);

describe('access to several things', () => {
  it('Access to several things is that to each of them, and each action and index is said once', () => {
    const both = access(find, list, access(list, new Grant({ client: ['PutItem'] })));
    expect(both.rows).toEqual({ client: ['BatchGetItem', 'PutItem'], order: ['BatchGetItem', 'Query'] });
    expect(both.indexes).toEqual(['orders-of-all']);
  });

  it('Access to several things leaves what it was made of as it was', () => {
    access(find, list);
    expect(find.rows).toEqual({ order: ['BatchGetItem'] });
    expect(find.indexes).toEqual([]);
  });

  it('Access to nothing is none', () => {
    expect(access()).toMatchObject({ rows: {}, indexes: [] });
  });
});

it('A route says its access in the words of stores: IAM’s do not compile there', () => {
  // @ts-expect-error only a store says which actions a function of its takes
  const route: Route = { ...echoRoute, table: { rows: { order: ['GetItem'] }, indexes: [] } };
  expect(route.table).not.toBeInstanceOf(Grant);
});
