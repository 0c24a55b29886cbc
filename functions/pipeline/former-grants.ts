import type { Route } from '../contract/define-route.ts';
import { access, Grant } from '../table/grants.ts';

/** The lists of release 0.2 that are shown page by page. */
const PAGED_IN_0_2 = ['orders/list', 'orders/history', 'notifications/list', 'emails/list'];

/** They note the use of a session in its own row. */
const noteUse = new Grant({ token: ['UpdateItem'] });
/** They change the roles of a user's many sessions one transaction after another. */
const checkUser = new Grant({ user: ['ConditionCheckItem'] });
/** They seal cursors with a key, which they read in one batch with the token. */
const readCursorKey = new Grant({ cursorKey: ['BatchGetItem'] });

/**
 * Everything that functions of a former release do to the table and today's do not. While calls shift from one to the other, both answer
 * them, by the same roles: without these, what is taken from today's functions would be a crash of those before. That their
 * writes then all reach tokens gives away nothing more: an update can make a row, too.
 */
export const FORMER_GRANTS = {
  '0.2': ({ path, access: who }: Route): Grant =>
    access(
      ...(who === 'anyone' ? [] : [noteUse]),
      ...(path === 'users/client_register' ? [checkUser] : []),
      ...(PAGED_IN_0_2.includes(path) ? [readCursorKey] : []),
    ),
} as const;

export type FormerRelease = keyof typeof FORMER_GRANTS;
