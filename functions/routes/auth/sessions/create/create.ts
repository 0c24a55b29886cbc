import { rolesOf } from '../../../../accounts/caller.ts';
import { viewOf } from '../../../../accounts/session.ts';
import type { Opened } from '../../../../accounts/sessions.ts';
import { type User, viewOfUser } from '../../../../accounts/user.ts';
import { fault } from '../../../../contract/faults.ts';
import { type EmailContent, emailTo } from '../../../../outbox/email.ts';
import type { Action } from '../../../../pipeline/action.ts';
import type { IdempotencyKey } from '../../../../table/idempotency-key.ts';
import type { Write } from '../../../../table/write.ts';
import type { OpenAgain } from '../reopen-session.ts';
import type { createSession as route } from './route.ts';

/** What signing in needs of the world. */
export interface Dependencies<Login extends { user_id: number }, Seed> {
  newId(): number;
  /** What the log has of a source in the place of its address; undefined if it cannot be told. */
  sourceHash(source: string): Promise<string | undefined>;
  /** Whether a user has signed in from there before, by what `lastSignIn` has found; that is asked for whoever signs in. */
  lastSignIn(email: string, source: string): Promise<Date | undefined>;
  isFamiliar(login: Login, lastSignIn: Date | undefined): boolean;
  /** What a user is told who has signed in from where it had not. */
  signInEmail(at: Date): EmailContent;
  findLogin(email: string): Promise<Login | undefined>;
  /** What only the login's password gives; undefined for another. Without a login it takes as long, and is undefined. */
  seedOf(password: string, login: Login | undefined): Promise<Seed | undefined>;
  /** Failed attempts for one e-mail address, and from this source; both throw when there are too many. */
  attemptsFor(email: string, source: string): { permit(): Promise<unknown>; record(): Promise<void> };
  /**
   * Opens a session of the user who signed in, unless too many attempts have failed meanwhile; undefined if the password was
   * changed meanwhile, or the user blocked.
   *
   * @param commit commits the writes, in a transaction with whatever belongs to the session
   */
  open<T>(
    login: Login,
    credentials: { email: string; password: string; remember_me: boolean; seed: Seed },
    request: { source: string; key: IdempotencyKey | undefined },
    commit: (opened: Opened, writes: readonly Write[]) => Promise<T>,
  ): Promise<T | undefined>;
  openAgain: OpenAgain;
}

/** The answer about a user; one without a role gets no more than the session. */
const answerTo = (user: User) =>
  rolesOf(user.held).length === 0
    ? { status: 'client-required' as const }
    : { data: { user: viewOfUser(user) } };

/** Signs a user in. An address that nobody has and a password that is wrong look the same, and take as long. */
export const createSession = <Login extends { user_id: number }, Seed>(
  dependencies: Dependencies<Login, Seed>,
): Action<typeof route> => ({
  run: async ({ params, source, key, now, requestId, noteSignIn }, begin) => {
    const { email, password, remember_me = false } = params.complete();
    const attempts = dependencies.attemptsFor(email, source);
    const permitted = attempts.permit();
    permitted.catch(() => undefined);
    const [login, lastSignIn, source_hash] = await Promise.all([
      dependencies.findLogin(email),
      dependencies.lastSignIn(email, source),
      dependencies.sourceHash(source),
    ]);
    // Also one that is refused is in the log.
    noteSignIn({ outcome: 'failed', user_id: login?.user_id, source_hash });
    await permitted;
    const seed = await dependencies.seedOf(password, login);
    const wrong = async () => {
      await attempts.record();
      return params.refusal([fault('password', 'wrong', 'or email is wrong')]);
    };
    if (login === undefined || seed === undefined) throw await wrong();
    const { newId, isFamiliar, signInEmail } = dependencies;
    const notices = isFamiliar(login, lastSignIn) ? [] : [signInEmail(now)];
    const credentials = { email, password, remember_me, seed };
    const answer = await dependencies.open(login, credentials, { source, key }, (opened, writes) =>
      begin()
        .add(...writes)
        // Signing in does not wait for it: while Mandrill is away, people sign in all the same.
        .sendLater(
          ...notices.map((content) =>
            emailTo({ user_id: opened.user.user_id }, content, { newId, requestId, now }),
          ),
        )
        .commit({ ...answerTo(opened.user), session: viewOf(opened) }),
    );
    if (answer === undefined) throw await wrong();
    noteSignIn({ outcome: 'done' });
    return answer;
  },

  replay: async ({ params, source, key, noteSignIn }, record) => {
    const opened = await dependencies.openAgain(params.complete(), { source, key }, record);
    if (opened !== undefined) noteSignIn({ outcome: 'done' });
    return opened && { session: viewOf(opened) };
  },
});
