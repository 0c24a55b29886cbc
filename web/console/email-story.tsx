import type { ComponentChildren } from 'preact';
import type { Email } from '../../client/src/index.ts';
import type { EmailState } from '../../functions/outbox/email-view.ts';
import { Time } from '../kit/time.tsx';
import { known, spoken, times } from './words.ts';

/** How things stand with an e-mail. */
const ENDINGS: Record<EmailState, (email: Email) => ComponentChildren> = {
  unsent: ({ due_at }) => (
    <>
      It is tried again
      {due_at && (
        <>
          {' '}
          from <Time iso={due_at} />
        </>
      )}
      .
    </>
  ),
  sending: () => 'It is being sent.',
  parked: ({ due_at }) => (
    <>
      It has been waiting for you
      {due_at && (
        <>
          {' '}
          since <Time iso={due_at} />
        </>
      )}
      .
    </>
  ),
  sent: ({ sent_at }) => (
    <>
      It was sent
      {sent_at && (
        <>
          {' '}
          <Time iso={sent_at} />
        </>
      )}
      .
    </>
  ),
  discarded: () => 'It was discarded, and is not sent any more.',
};

/** What has become of an e-mail so far, from when it was saved until now. */
export const EmailStory = ({ email }: { email: Email }) => {
  const { kind, client_id, user_id, order_id, request_id, attempts, created_at, last_failure, state } = email;
  return (
    <ol class="story">
      <li>
        Saved <Time iso={created_at} /> ({spoken(kind)}) for {client_id === null ? 'user' : 'client'}{' '}
        <code>{client_id ?? user_id}</code>
        {order_id !== null && (
          <>
            {' '}
            about order <code>{order_id}</code>
          </>
        )}
        , by request <code>{request_id}</code>.
      </li>
      <li>
        Tried {times(attempts)}
        {last_failure === null ? (
          '.'
        ) : (
          <>
            , the last failure <Time iso={last_failure.at} />:{' '}
            <code>{`${last_failure.kind}: ${last_failure.cause}`}</code>.
          </>
        )}
      </li>
      <li>{known(ENDINGS, state)?.(email) ?? `It is ${spoken(state)} now.`}</li>
    </ol>
  );
};
