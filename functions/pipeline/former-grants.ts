import type { Route } from '../contract/define-route.ts';
import type { TableGrants } from '../table/grants.ts';

/** The lists of release 0.2 that are shown page by page. */
const PAGED_IN_0_2 = ['orders/list', 'orders/history', 'notifications/list', 'emails/list'];

/**
 * What functions of a former release do to the table and today's do not. While calls shift from one to the other, both answer
 * them, by the same roles: without these, what is taken from today's functions would be a crash of those before.
 */
export const FORMER_GRANTS = {
  '0.2': ({ path, access }: Route): TableGrants => ({
    // They note the use of a session in its own row.
    ...(access === 'anyone' ? {} : { token: ['UpdateItem'] }),
    // They change the roles of a user's many sessions one transaction after another.
    ...(path === 'users/client_register' ? { user: ['ConditionCheckItem'] } : {}),
    // They seal cursors with a key, which they read in one batch with the token.
    ...(PAGED_IN_0_2.includes(path) ? { cursorKey: ['BatchGetItem'] } : {}),
  }),
} as const;

export type FormerRelease = keyof typeof FORMER_GRANTS;
