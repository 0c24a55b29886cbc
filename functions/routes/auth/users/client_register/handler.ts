import { changeRoles } from '../../../../accounts/roles.ts';
import { findSession, tokenKey } from '../../../../accounts/tokens.ts';
import { savedClient } from '../../../../clients/clients.ts';
import { pipeline } from '../../../../pipeline/pipeline.ts';
import { randomId } from '../../../../table/ids.ts';
import { registerClient } from './client_register.ts';
import { registerClient as route } from './route.ts';

export const handler = pipeline(route, ({ table, now, writesOf, answer }) =>
  registerClient({
    newId: randomId,
    save: async ({ token, session: { user_id } }, client_id, details, outcomeOf) => {
      const { user, isNew } = await changeRoles(table, user_id, {
        held: ({ held }) => (held.client_id === null ? { ...held, client_id } : undefined),
        more: (after) => [
          ...writesOf(outcomeOf(after)),
          savedClient({ client_id, user_id, name: after.name, email: after.email, ...details }),
        ],
        now,
        current: tokenKey(token),
      });
      return isNew ? user : undefined;
    },
    findSession: (token) => findSession(table, token),
    answer,
  }),
);
