import type { ListedSession } from '../../client/src/index.ts';
import { ActionButton, useAction } from '../kit/action.tsx';
import { FailureNotice } from '../kit/failure-notice.tsx';
import { keepingFocus } from '../kit/focus.ts';
import { Loading } from '../kit/loading.tsx';
import { useRefreshed } from '../kit/refreshed.ts';
import { Time } from '../kit/time.tsx';
import { useUser } from './account.ts';
import { isSessions } from './answers.ts';

interface Props {
  session: ListedSession;
  /** Reads the list anew. */
  refresh: () => Promise<void>;
}

const Session = ({ session, refresh }: Props) => {
  const { api, announce } = useUser();
  const { session_id, created_at, last_used_at, expires_at, current } = session;
  const id = `session-${session_id}`;
  const { failure, ...end } = useAction(
    (how) => api.act(({ sessions }) => sessions.destroy({ session_id }, how)),
    async () => {
      announce('The session has ended.');
      await keepingFocus(id, refresh);
    },
  );
  return (
    <li id={id} tabIndex={-1}>
      <div class="head">
        <p id={`${id}-since`}>
          Signed in <Time iso={created_at} />
        </p>
        {current ? (
          <p class="badge good">This session</p>
        ) : (
          <ActionButton action={end} kind="danger" describedBy={`${id}-since`}>
            End it
          </ActionButton>
        )}
      </div>
      <p class="soft">
        Last used <Time iso={last_used_at} />,{' '}
        {expires_at === null ? (
          'lives on until it is ended'
        ) : (
          <>
            ends <Time iso={expires_at} /> unless it is used before
          </>
        )}
      </p>
      {failure && <FailureNotice failure={failure} />}
    </li>
  );
};

/** Where the user is signed in, and how to end that. */
export const Sessions = () => {
  const { api, announce } = useUser();
  const { data, failure, refresh } = useRefreshed(() =>
    api.read(({ sessions }) => sessions.list(), isSessions),
  );
  const { failure: notEnded, ...endOthers } = useAction(
    (how) => api.act(({ sessions }) => sessions.destroyOthers({}, how)),
    async () => {
      announce('All other sessions have ended.');
      await keepingFocus('sessions', refresh);
    },
  );
  return (
    <section class="card" id="sessions" tabIndex={-1} aria-labelledby="sessions-title">
      <h2 id="sessions-title">Where you are signed in</h2>
      {failure && <FailureNotice failure={failure} />}
      {data === undefined && failure === undefined && <Loading />}
      <ul class="sessions">
        {data?.sessions.map((session) => (
          <Session key={session.session_id} session={session} refresh={refresh} />
        ))}
      </ul>
      {notEnded && <FailureNotice failure={notEnded} />}
      {data?.sessions.some(({ current }) => !current) && (
        <div class="actions">
          <ActionButton action={endOthers} kind="danger">
            End all others
          </ActionButton>
        </div>
      )}
    </section>
  );
};
