import * as z from 'zod/mini';
import type { Session } from '../../functions/accounts/session.ts';
import { rowOfApplication, rowOfSession } from '../../functions/accounts/tokens.ts';
import { defineRoute, type Scope } from '../../functions/contract/define-route.ts';
import { id, text } from '../../functions/contract/params.ts';
import { deploymentKey } from '../../functions/deployments/deployment-state.ts';
import { access } from '../../functions/table/grants.ts';
import { randomToken } from '../../functions/table/ids.ts';
import type { Row } from '../../functions/table/row.ts';
import { aSession, daysAgo } from './sessions.ts';

/** The smallest route there can be: it gives back what it gets. */
export const echoRoute = defineRoute({
  method: 'POST',
  path: 'orders/echo',
  service: 'orders',
  purpose: 'Gives back what it gets.',
  sensitive: false,
  access: { roles: ['employee'], scope: 'orders:write' },
  params: z.strictObject({ number: id, words: z.optional(text(5)) }),
  data: z.strictObject({ number: id, words: z.optional(z.string()) }),
  table: access(),
});

/** What a deployment says of a route. */
export const aRouteRecord = (path: string, release = '1.0.0', service = 'orders') => ({
  name: path,
  release,
  service,
  method: 'POST',
  path,
  purpose: 'Does it.',
  sensitive: false,
  version: '7',
});

/** The records of a service and of one of its routes. */
export const deployed = (path: string, service = 'orders'): [service: Row, route: Row] => [
  { ...deploymentKey('service', service), name: service, release: '1.0.0', deployed_at: daysAgo(1) },
  { ...deploymentKey('route', path), ...aRouteRecord(path, '1.0.0', service), deployed_at: daysAgo(1) },
];

/** The records of the test route and of its service. */
export const [serviceRecord, routeRecord] = deployed(echoRoute.path);

/** A new session's token, and the row to be put. */
export const aSessionToken = (given: Partial<Session> = {}) => {
  const token = randomToken('ses');
  const session = aSession(given);
  return { token, session, row: rowOfSession(token, session) };
};

/** A new application's token, and the row to be put. */
export const anApplicationToken = (...scopes: Scope[]) => {
  const token = randomToken('app');
  return { token, row: rowOfApplication(token, { application_id: 41, name: 'Planner', scopes }) };
};
