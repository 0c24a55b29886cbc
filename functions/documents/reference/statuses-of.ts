import { sendsEmail } from '../../contract/define-route.ts';
import type { Described } from '../../contract/describe-route.ts';
import { ROLES } from '../../contract/session-view.ts';
import { type Status, statuses } from '../../contract/statuses.ts';

/** What the pipeline answers on every route, whatever it does. */
const ALWAYS: readonly Status[] = [
  'action-successful',
  'missing-param',
  'invalid-param',
  'application-crash',
  'route-non-existent',
  'identify-request-error',
  'service-not-found',
  'route-not-found',
];
const OF_BODIES: readonly Status[] = ['invalid-content-type', 'invalid-encoded-params', 'no-params-decoded'];
const OF_TOKENS: readonly Status[] = ['invalid-token', 'session-expired'];

/**
 * Every status that a route can give, in the order of their table: what the pipeline answers by its method and access, and what it
 * tells of by itself.
 */
export const statusesOf = ({ route, docs }: Described): Status[] => {
  const { access, method } = route;
  const roles = typeof access === 'object' ? access.roles : undefined;
  const given = new Set<Status>([
    ...ALWAYS,
    ...(method === 'POST' ? OF_BODIES : []),
    ...(access === 'anyone' ? [] : OF_TOKENS),
    ...(roles === undefined ? [] : (['client-required'] as const)),
    ...(roles === undefined || ROLES.every((role) => roles.includes(role))
      ? []
      : (['permission-required'] as const)),
    ...(sendsEmail(route) ? (['mandrill-email-failed'] as const) : []),
    ...docs.refusals.map(({ status }) => status),
  ]);
  return (Object.keys(statuses) as Status[]).filter((status) => given.has(status));
};
