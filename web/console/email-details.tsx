import type { Email } from '../../client/src/index.ts';
import { keepingFocus } from '../kit/focus.ts';
import { StateBadge } from './badge.tsx';
import { EmailActions } from './email-actions.tsx';
import { EmailStory } from './email-story.tsx';

interface Props {
  email: Email;
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
      <StateBadge state={email.state} />
    </div>
    <EmailStory email={email} />
    <EmailActions email={email} describedBy={`${id}-subject`} onChanged={() => keepingFocus(id, refresh)} />
  </>
);
