import { savedClient } from '../../../adapters/clients.ts';
import { randomId } from '../../../adapters/ids.ts';
import { changeRoles } from '../../../adapters/roles.ts';
import { findSession } from '../../../adapters/sessions.ts';
import { pipeline } from '../../../pipeline/pipeline.ts';
import { registerClient } from './client_register.ts';
import { registerClient as route } from './route.ts';

export const handler = pipeline(route, ({ table, writesOf, answer }) =>
  registerClient({
    newId: randomId,
    save: (user_id, client_id, details, outcomeOf) =>
      changeRoles(
        table,
        user_id,
        ({ held }) => (held.client_id === null ? { ...held, client_id } : undefined),
        (user) => [
          ...writesOf(outcomeOf(user)),
          savedClient({ client_id, user_id, name: user.name, email: user.email, ...details }),
        ],
      ),
    findSession: (token) => findSession(table, token),
    answer,
  }),
);
