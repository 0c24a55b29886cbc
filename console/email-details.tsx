import type { EmailState, SavedEmailView } from '../functions/contract/saved-email.ts';
import { Badge, EMAIL_TONES } from './badge.tsx';
import { EmailActions } from './email-actions.tsx';
import { EmailStory } from './email-story.tsx';
import { keepingFocus } from './focus.ts';
import { EMAIL_STATE_WORDS, spoken } from './words.ts';

interface Props {
  email: SavedEmailView;
  /** The id of the element that holds it; that of its subject is made of it. */
  id: string;
  heading: 'h2' | 'h3';
  /** Reads it again. */
  refresh: () => Promise<void>;
}

/** An e-mail, what has become of it, and what can be done about it. */
export const EmailDetails = ({ email, id, heading: Heading, refresh }: Props) => (
  <>
    <div class="head">
      <Heading id={`${id}-subject`}>{email.subject}</Heading>
      <Badge tone={EMAIL_TONES[email.state as EmailState] ?? 'waiting'}>
        {EMAIL_STATE_WORDS[email.state as EmailState] ?? spoken(email.state)}
      </Badge>
    </div>
    <EmailStory email={email} />
    <EmailActions email={email} describedBy={`${id}-subject`} onChanged={() => keepingFocus(id, refresh)} />
  </>
);
