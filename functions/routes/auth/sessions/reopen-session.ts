import {
  findSavedLogin,
  hashToSignIn,
  PasswordChanged,
  passwordUnchanged,
} from '../../../accounts/logins.ts';
import { seedOf } from '../../../accounts/passwords.ts';
import type { OpenedSession } from '../../../accounts/session.ts';
import { reopenSession } from '../../../accounts/sessions.ts';
import { signInAttempts } from '../../../accounts/sign-in-attempts.ts';
import type { Resources } from '../../../pipeline/resources.ts';
import type { IdempotencyKey } from '../../../table/idempotency-key.ts';
import type { IdempotencyRecord } from '../../../table/idempotency-record.ts';

/** What opened the session, as it is sent again. */
interface Credentials {
  email: string;
  password: string;
  remember_me?: boolean | undefined;
}

/**
 * Gives the session again that was opened by the same request before; undefined if the password is another. That counts
 * as a failed attempt to sign in.
 */
export type OpenAgain = (
  credentials: Credentials,
  request: { source: string; key: IdempotencyKey | undefined },
  record: IdempotencyRecord,
) => Promise<OpenedSession | undefined>;

/** Binds it to the table. */
export const openAgain =
  ({ table, now }: Resources): OpenAgain =>
  async ({ email, password, remember_me = false }, { source, key }, record) => {
    const attempts = signInAttempts(table, email, source, now);
    await attempts.permit();
    const login = await findSavedLogin(table, email);
    const seed = await seedOf(password, hashToSignIn(login));
    if (login !== undefined && seed !== undefined && key !== undefined) {
      const again = { seed, key, record, remember_me, now };
      const opened = await attempts
        .whilePermitted((unchanged) =>
          reopenSession(table, login.user_id, again, [...unchanged, passwordUnchanged(email, login)]),
        )
        .catch((error: unknown) => {
          if (error instanceof PasswordChanged) return undefined;
          throw error;
        });
      if (opened !== undefined) return opened;
    }
    await attempts.record();
    return undefined;
  };
