import { describe, expect, it } from 'vitest';
import { defineRoute, routeKey, SCOPES, SERVICES } from '../../functions/contract/define-route.ts';
import { catalogue } from '../../functions/routes/catalogue.ts';
import { updateOrder } from '../../functions/routes/orders/orders/update/route.ts';

describe('the gateway’s key of a route', () => {
  it('The gateway’s key of a route is its method and its whole path', () => {
    expect(routeKey(updateOrder)).toBe('POST /api/v1/orders/update');
  });

  it('The gateway’s keys tell all routes apart', () => {
    expect(new Set(catalogue.map(routeKey)).size).toBe(catalogue.length);
  });
});

describe('what a route is', () => {
  it('A route is what it was defined as', () => {
    const definition = { ...updateOrder };
    expect(defineRoute(definition)).toBe(definition);
  });

  it('Every service has a route, and every route is of one of the services', () => {
    expect(new Set(catalogue.map(({ service }) => service))).toEqual(new Set(SERVICES));
  });

  it('Every scope that an application can have lets it call a route, and every route takes one of them', () => {
    const scopes = catalogue.flatMap(({ access }) => (typeof access === 'string' ? [] : [access.scope]));
    expect(new Set(scopes)).toEqual(new Set(SCOPES));
  });
});
