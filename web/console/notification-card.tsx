import { useState } from 'preact/hooks';
import type { Notification } from '../../client/src/index.ts';
import { ActionButton, useAction } from '../kit/action.tsx';
import { FailureNotice } from '../kit/failure-notice.tsx';
import { keepingFocus } from '../kit/focus.ts';
import { Time } from '../kit/time.tsx';
import { StateBadge } from './badge.tsx';
import { EmailOfNotification } from './email-of-notification.tsx';
import { cardId } from './list.tsx';
import { useTools } from './tools.ts';
import { notificationWords, times } from './words.ts';

const Details = ({ notification }: { notification: Notification }) => {
  const { occurrences, first_at, last_at, first_request_id, last_request_id, last_order_id, stage } =
    notification;
  // Release 0.2 did not say which rows it is about.
  const { acknowledged_at, acknowledged_by, unreadable_rows = [] } = notification;
  return (
    <dl>
      <dt>Last</dt>
      <dd>
        <Time iso={last_at} />, request <code>{last_request_id}</code>
      </dd>
      {occurrences > 1 && (
        <>
          <dt>First</dt>
          <dd>
            <Time iso={first_at} />, request <code>{first_request_id}</code>
          </dd>
        </>
      )}
      {last_order_id !== null && (
        <>
          <dt>Order</dt>
          <dd>
            <code>{last_order_id}</code>
          </dd>
        </>
      )}
      {unreadable_rows.length > 0 && (
        <>
          <dt>Rows</dt>
          <dd>
            <ul>
              {unreadable_rows.map((key) => (
                <li key={key}>
                  <code>{key}</code>
                </li>
              ))}
            </ul>
          </dd>
        </>
      )}
      <dt>Stage</dt>
      <dd>{stage}</dd>
      {acknowledged_at !== null && (
        <>
          <dt>Acknowledged</dt>
          <dd>
            <Time iso={acknowledged_at} />
            {acknowledged_by !== null && `, by ${acknowledged_by}`}
          </dd>
        </>
      )}
    </dl>
  );
};

interface Props {
  notification: Notification;
  /** Reads the list again; without it the notification is one that was acknowledged. */
  onAcknowledged?: () => Promise<void>;
}

export const NotificationCard = ({ notification, onAcknowledged }: Props) => {
  const { api, announce } = useTools();
  const { notification_id, kind, cause, state, occurrences, last_email_id } = notification;
  const { title, advice } = notificationWords(kind);
  /** The e-mail that is shown. It stays the same when the notification occurs again, with another. */
  const [shownEmail, setShownEmail] = useState<number | null>(null);
  const showsEmail = shownEmail !== null;
  const id = cardId(notification_id);
  const { failure, ...acknowledge } = useAction(
    (how) => api.act(({ notifications }) => notifications.acknowledge({ notification_id }, how)),
    async () => {
      announce(`Acknowledged: ${title}, ${cause}.`);
      if (onAcknowledged) await keepingFocus(id, onAcknowledged);
    },
  );
  return (
    <article aria-labelledby={`${id}-title`}>
      <div class="head">
        <h2 id={`${id}-title`}>{title}</h2>
        <StateBadge state={state} />
      </div>
      <p class="cause">
        <code>{cause}</code> <span class="soft">· {times(occurrences)}</span>
      </p>
      {state !== 'acknowledged' && <p class="advice">{advice}</p>}
      <Details notification={notification} />
      {failure && <FailureNotice failure={failure} />}
      <div class="actions">
        {onAcknowledged && (
          <ActionButton action={acknowledge} kind="primary" describedBy={`${id}-title`}>
            Acknowledge
          </ActionButton>
        )}
        {last_email_id !== null && (
          <button
            type="button"
            aria-expanded={showsEmail}
            aria-controls={`${id}-email`}
            aria-describedby={`${id}-title`}
            onClick={() => setShownEmail(showsEmail ? null : last_email_id)}
          >
            {showsEmail ? 'Hide its e-mail' : 'Show its e-mail'}
          </button>
        )}
      </div>
      <div id={`${id}-email`}>
        {showsEmail && <EmailOfNotification key={shownEmail} email_id={shownEmail} cardId={id} />}
      </div>
    </article>
  );
};
