import { rolesOf } from '../accounts/caller.ts';
import { Refused } from '../contract/refused.ts';
import type { Role } from '../contract/session-view.ts';
import type { Middleware } from './exchange.ts';

/** Makes sure that one of the caller's roles may use the route; an application's scope was judged with its token. */
export const authorize = (roles: readonly Role[]): Middleware => ({
  before: ({ context: { exchange } }) => {
    const { caller } = exchange.identity;
    if (caller === undefined) throw new Error('the pipeline needs a caller before it judges roles');
    if (caller.kind === 'user' && !rolesOf(caller.held).some((role) => roles.includes(role))) {
      throw new Refused('permission-required');
    }
  },
});
