import type { WaitingState } from '../../functions/outbox/email-view.ts';
import { ViewHeading } from '../kit/heading.tsx';
import { isEmails } from './answers.ts';
import { EmailDetails } from './email-details.tsx';
import { cardId, List } from './list.tsx';
import { PartNavigation } from './navigation.tsx';
import { usePages } from './pages.ts';
import { useTools } from './tools.ts';
import { VIEWS, type View } from './views.ts';

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
    const data = await api.read(({ emails }) => emails.list({ state, ...cursor }), isEmails);
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
              <EmailDetails email={email} id={id} heading="h2" refresh={emails.refresh} />
            </article>
          );
        }}
      </List>
    </>
  );
};
