import { describe, expect, it } from 'vitest';
import { routeKey } from '../../functions/contract/define-route.ts';
import { catalogue } from '../../functions/routes/catalogue.ts';
import { updateOrder } from '../../functions/routes/orders/orders/update/route.ts';

describe('routeKey', () => {
  it('is the method and the whole path', () => {
    expect(routeKey(updateOrder)).toBe('POST /api/v1/orders/update');
  });

  it('tells all routes apart', () => {
    expect(new Set(catalogue.map(routeKey)).size).toBe(catalogue.length);
  });
});
