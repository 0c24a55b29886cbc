import { useEffect, useMemo } from 'preact/hooks';
import { Announcement, useAnnouncements } from '../kit/announcement.tsx';
import type { Api } from '../kit/api.ts';
import { Deployment } from './deployment.tsx';
import { Emails } from './emails.tsx';
import { useView } from './location.ts';
import { Navigation } from './navigation.tsx';
import { AcknowledgedNotifications, OpenNotifications } from './notifications.tsx';
import { useOpenNotifications } from './open-notifications.ts';
import { ToolsContext } from './tools.ts';
import { VIEWS, type View } from './views.ts';

interface Props {
  api: Api;
  /** Of who is signed in. */
  name: string;
  onSignedOut: (why: string) => void;
}

/** The console of who is signed in. Open notifications are watched in every view. */
export const Console = ({ api, name, onSignedOut }: Props) => {
  const view = useView();
  const { said, announce } = useAnnouncements();
  const tools = useMemo(() => ({ api, announce }), [api]);
  const open = useOpenNotifications(tools);
  const { items = [], hasMore = false } = open.data ?? {};
  const count = `${items.length}${hasMore ? '+' : ''}`;

  useEffect(() => {
    document.title = `${items.length > 0 ? `(${count}) ` : ''}${VIEWS[view]} · Plano Orders console`;
  }, [view, count]);

  const shown: Record<View, () => preact.JSX.Element> = {
    '#notifications': () => <OpenNotifications open={open} />,
    '#notifications/acknowledged': () => <AcknowledgedNotifications />,
    '#deployment': () => <Deployment />,
    '#emails': () => <Emails state="parked" />,
    '#emails/unsent': () => <Emails state="unsent" />,
    '#emails/sending': () => <Emails state="sending" />,
  };
  return (
    <ToolsContext.Provider value={tools}>
      <Navigation
        view={view}
        count={items.length > 0 ? count : undefined}
        name={name}
        onSignedOut={onSignedOut}
      />
      <main key={view}>{shown[view]()}</main>
      <Announcement said={said} />
    </ToolsContext.Provider>
  );
};
