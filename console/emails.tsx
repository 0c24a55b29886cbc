import type { WaitingState } from '../functions/contract/saved-email.ts';
import { Badge, EMAIL_TONES } from './badge.tsx';
import { EmailActions } from './email-actions.tsx';
import { EmailStory } from './email-story.tsx';
import { keepingFocus } from './focus.ts';
import { cardId, List, ViewHeading } from './list.tsx';
import { PartNavigation } from './navigation.tsx';
import { usePages } from './refreshed.ts';
import { useTools } from './tools.ts';
import { VIEWS, type View } from './views.ts';
import { EMAIL_STATE_WORDS } from './words.ts';

const ADDRESSES = {
  parked: '#emails',
  unsent: '#emails/unsent',
  sending: '#emails/sending',
} as const satisfies Record<WaitingState, View>;

/** What it means that there are none. */
const NONE: Record<WaitingState, { fact: string; meaning: string }> = {
  parked: {
    fact: 'No e-mail waits for you.',
    meaning:
      'E-mails that Mandrill refuses for good, or that were tried for 24 hours in vain, are parked here.',
  },
  unsent: {
    fact: 'No e-mail waits for its next try.',
    meaning:
      'E-mails that could not be sent at first are tried again by themselves, and listed here meanwhile.',
  },
  sending: {
    fact: 'No e-mail is being sent right now.',
    meaning: 'That takes a moment each, and a minute at most.',
  },
};

export const Emails = ({ state }: { state: WaitingState }) => {
  const { api } = useTools();
  const view = ADDRESSES[state];
  const emails = usePages(async (cursor) => {
    const data = await api.get('emails/list', { state, ...cursor });
    return { items: data.emails, next_cursor: data.next_cursor };
  });
  return (
    <>
      <ViewHeading>{VIEWS[view]}</ViewHeading>
      <List
        pages={emails}
        parts={<PartNavigation section="#emails" view={view} />}
        keyOf={({ email_id }) => email_id}
        empty={
          <>
            <p>{NONE[state].fact}</p>
            <p class="soft">{NONE[state].meaning}</p>
          </>
        }
      >
        {(email) => {
          const id = cardId(email.email_id);
          return (
            <article aria-labelledby={`${id}-subject`}>
              <div class="head">
                <h2 id={`${id}-subject`}>{email.subject}</h2>
                <Badge tone={EMAIL_TONES[email.state]}>{EMAIL_STATE_WORDS[email.state]}</Badge>
              </div>
              <EmailStory email={email} />
              <EmailActions
                email={email}
                describedBy={`${id}-subject`}
                onChanged={() => keepingFocus(id, emails.refresh)}
              />
            </article>
          );
        }}
      </List>
    </>
  );
};
