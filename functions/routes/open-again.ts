import type { IdempotencyRecord } from '../adapters/idempotency.ts';
import { seedOf } from '../adapters/passwords.ts';
import { reopenSession } from '../adapters/sessions.ts';
import { findLogin } from '../adapters/users.ts';
import type { OpenedSession } from '../domain/session.ts';
import type { Resources } from '../pipeline/resources.ts';

/** Gives the session again that was opened by the same request before; undefined if the password is another. */
export type OpenAgain = (
  params: { email: string; password: string; remember_me?: boolean | undefined },
  record: IdempotencyRecord,
) => Promise<OpenedSession | undefined>;

/** Binds it to the table and to the request's idempotency key. */
export const openAgain =
  ({ table, now, idempotency }: Resources): OpenAgain =>
  async ({ email, password, remember_me = false }, record) => {
    const login = await findLogin(table, email);
    const seed = await seedOf(password, login?.password);
    const key = idempotency();
    if (login === undefined || seed === undefined || key === undefined) return undefined;
    return reopenSession(table, login.user_id, { seed, key, record }, { remember_me, now });
  };
