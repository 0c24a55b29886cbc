import { ActionButton, useAction } from '../kit/action.tsx';
import { endSession } from '../kit/api.ts';
import { useTools } from './tools.ts';
import { VIEWS, type View } from './views.ts';

const SECTIONS = { '#notifications': 'Notifications', '#deployment': 'Deployment', '#emails': 'E-mails' };
type Section = keyof typeof SECTIONS;

/** The views of one section, by what they are called there. */
const PARTS = {
  '#notifications': { '#notifications': 'Open', '#notifications/acknowledged': 'Acknowledged' },
  '#emails': { '#emails': 'Parked', '#emails/unsent': 'Unsent', '#emails/sending': 'Being sent' },
} as const satisfies Partial<Record<Section, Partial<Record<View, string>>>>;

interface Props {
  view: View;
  /** How many notifications are open, if any are. */
  count: string | undefined;
  name: string;
  onSignedOut: (why: string) => void;
}

/** Who is signed in, and the way to each section. */
export const Navigation = ({ view, count, name, onSignedOut }: Props) => {
  const { api } = useTools();
  const signOut = useAction(async () => {
    // Also when the API is out of reach, nobody is to stay signed in here: what is left of the session there expires.
    onSignedOut(`You have signed out.${await endSession(api)}`);
  });
  return (
    <header class="top">
      <div class="bar">
        <p class="brand">
          Plano Orders <span class="soft">console</span>
        </p>
        <p class="who soft">{name}</p>
        <ActionButton action={signOut}>Sign out</ActionButton>
      </div>
      <nav aria-label="Sections">
        <ul class="tabs">
          {Object.entries(SECTIONS).map(([address, title]) => (
            <li key={address}>
              <a href={address} aria-current={view.split('/')[0] === address ? 'page' : undefined}>
                {title}
                {address === '#notifications' && count !== undefined && (
                  <span class="count">
                    {count}
                    <span class="unseen"> open</span>
                  </span>
                )}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  );
};

/** The way to the parts of a section. */
export const PartNavigation = ({ section, view }: { section: keyof typeof PARTS; view: View }) => (
  <nav aria-label={`${SECTIONS[section]} by state`}>
    <ul class="parts">
      {Object.entries(PARTS[section]).map(([address, title]) => (
        <li key={address}>
          <a
            href={address}
            aria-current={view === address ? 'page' : undefined}
            title={VIEWS[address as View]}
          >
            {title}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);
