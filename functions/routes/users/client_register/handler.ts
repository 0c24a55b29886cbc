import { savedClient } from '../../../adapters/clients.ts';
import { randomId } from '../../../adapters/ids.ts';
import { savedEmail } from '../../../adapters/outbox.ts';
import { changeRoles } from '../../../adapters/roles.ts';
import { pipeline } from '../../../pipeline/pipeline.ts';
import { registerClient } from './client_register.ts';
import { registerClient as route } from './route.ts';

export const handler = pipeline(route, ({ table, now, deliver }) =>
  registerClient({
    newId: randomId,
    save: (user_id, client_id, details, email) =>
      changeRoles(
        table,
        user_id,
        ({ held }) => (held.client_id === null ? { ...held, client_id } : undefined),
        ({ name, email: address }) => [
          savedClient({ client_id, user_id, name, email: address, ...details }),
          savedEmail(email, now),
        ],
      ),
    deliver,
  }),
);
