import { changeRoles } from '../../../../accounts/roles.ts';
import { findSession, tokenKey } from '../../../../accounts/tokens.ts';
import type { User } from '../../../../accounts/user.ts';
import { saveClient } from '../../../../clients/clients.ts';
import { pipeline } from '../../../../pipeline/pipeline.ts';
import { randomId } from '../../../../table/ids.ts';
import { registerClient } from './client_register.ts';
import { registerClient as route } from './route.ts';

export const handler = pipeline(route, ({ table, now }) =>
  registerClient({
    newId: randomId,
    save: async ({ token, session: { user_id } }, client_id, details, commit) => {
      const change = {
        held: ({ held }: User) => (held.client_id === null ? { ...held, client_id } : undefined),
        now,
        current: tokenKey(token),
      };
      let answer: Awaited<ReturnType<typeof commit>> | undefined;
      await changeRoles(table, user_id, change, async ({ user, isNew }, writes) => {
        if (!isNew) return table.transact(writes);
        const { name, email, email_verified } = user;
        answer = await commit(user, [
          ...writes,
          ...saveClient({
            client_id,
            user_id,
            name,
            email,
            email_verified,
            ...details,
            created_at: now.toISOString(),
          }),
        ]);
      });
      return answer;
    },
    findSession: (token) => findSession(table, token),
  }),
);
