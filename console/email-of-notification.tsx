import { Badge, EMAIL_TONES } from './badge.tsx';
import { EmailActions } from './email-actions.tsx';
import { EmailStory } from './email-story.tsx';
import { keepingFocus } from './focus.ts';
import { Freshness, Loading } from './list.tsx';
import { useRefreshed } from './refreshed.ts';
import { useTools } from './tools.ts';
import { EMAIL_STATE_WORDS } from './words.ts';

/** The e-mail that a notification is about, as it is by now. */
export const EmailOfNotification = ({ email_id, cardId }: { email_id: number; cardId: string }) => {
  const { api } = useTools();
  const { data, ...reading } = useRefreshed(() => api.get('emails/show', { email_id: String(email_id) }));
  if (data === undefined) return reading.failure ? <Freshness {...reading} /> : <Loading />;
  const { email } = data;
  // Two notifications can be about one e-mail.
  const id = `${cardId}-email-${email_id}`;
  return (
    <section class="email" id={id} tabIndex={-1} aria-labelledby={`${id}-subject`}>
      <div class="head">
        <h3 id={`${id}-subject`}>{email.subject}</h3>
        <Badge tone={EMAIL_TONES[email.state]}>{EMAIL_STATE_WORDS[email.state]}</Badge>
      </div>
      <EmailStory email={email} />
      <EmailActions
        email={email}
        describedBy={`${id}-subject`}
        onChanged={() => keepingFocus(id, reading.refresh)}
      />
    </section>
  );
};
