import { useState } from 'preact/hooks';
import type { Email } from '../../client/src/index.ts';
import { ActionButton, useAction } from '../kit/action.tsx';
import { FailureNotice } from '../kit/failure-notice.tsx';
import { Confirm } from './confirm.tsx';
import { useTools } from './tools.ts';

interface Props {
  email: Email;
  /** The id of what says which e-mail it is. */
  describedBy: string;
  /** Reads it again. */
  onChanged: () => Promise<void>;
}

/** What can be done about an e-mail that waits: for its next try, or for whoever is on call. */
export const EmailActions = ({ email, describedBy, onChanged }: Props) => {
  const { api, announce } = useTools();
  const { email_id, subject, state } = email;
  const [asks, setAsks] = useState(false);
  const show = (what: string) => (): Promise<void> => {
    announce(`${what}: ${subject}.`);
    return onChanged();
  };
  const resend = useAction(
    (how) => api.act(({ emails }) => emails.resend({ email_id }, how)),
    show('To be sent again within a minute'),
  );
  const discard = useAction(
    (how) => api.act(({ emails }) => emails.discard({ email_id }, how)),
    show('Discarded'),
  );
  if (state !== 'unsent' && state !== 'parked') return null;
  const failure = resend.failure ?? discard.failure;
  return (
    <>
      {failure && <FailureNotice failure={failure} />}
      <div class="actions">
        <ActionButton action={resend} describedBy={describedBy}>
          Send again
        </ActionButton>
        <ActionButton
          action={{ busy: discard.busy, run: async () => setAsks(true) }}
          kind="danger"
          describedBy={describedBy}
        >
          Discard …
        </ActionButton>
      </div>
      {asks && (
        <Confirm
          question="Discard this e-mail?"
          explanation={`“${subject}” will never be sent, and its client will not be told. That cannot be undone.`}
          yes="Discard it"
          no="Keep it"
          onAnswer={(confirmed) => {
            setAsks(false);
            if (confirmed) void discard.run();
          }}
        />
      )}
    </>
  );
};
