import { describe, expect, it } from 'vitest';
import { routeKey, tableActions } from '../../functions/contract/define-route.ts';
import { catalogue } from '../../functions/routes/catalogue.ts';
import { showOrder } from '../../functions/routes/orders/show/route.ts';
import { updateOrder } from '../../functions/routes/orders/update/route.ts';

describe('routeKey', () => {
  it('is the method and the whole path', () => {
    expect(routeKey(updateOrder)).toBe('POST /api/v1/orders/update');
  });

  it('tells all routes apart', () => {
    expect(new Set(catalogue.map(routeKey)).size).toBe(catalogue.length);
  });
});

describe('tableActions', () => {
  it('are those of the pipeline and of the action, each once and in order', () => {
    expect(tableActions({ ...updateOrder, table: ['Query', 'DeleteItem'] })).toEqual([
      'dynamodb:BatchGetItem',
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
    ]);
  });

  it('are of a read no more than reading, recording a session’s use, and telling of a crash', () => {
    expect(tableActions(showOrder)).toEqual(['dynamodb:BatchGetItem', 'dynamodb:UpdateItem']);
  });
});
