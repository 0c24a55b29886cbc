import type { Notification } from '../../client/src/index.ts';
import { ViewHeading } from '../kit/heading.tsx';
import { isNotifications } from './answers.ts';
import { List } from './list.tsx';
import { PartNavigation } from './navigation.tsx';
import { NotificationCard } from './notification-card.tsx';
import { type Pages, usePages } from './pages.ts';
import { useTools } from './tools.ts';

export const OpenNotifications = ({ open }: { open: Pages<Notification> }) => (
  <>
    <ViewHeading>Notifications</ViewHeading>
    <List
      pages={open}
      parts={<PartNavigation section="#notifications" view="#notifications" />}
      keyOf={({ notification_id }) => notification_id}
      empty={
        <>
          <p>Nothing needs looking after.</p>
          <p class="soft">What fails from now on appears here by itself. You can leave this page open.</p>
        </>
      }
    >
      {(notification) => <NotificationCard notification={notification} onAcknowledged={open.refresh} />}
    </List>
  </>
);

export const AcknowledgedNotifications = () => {
  const { api } = useTools();
  const acknowledged = usePages(async (cursor) => {
    const data = await api.read(
      ({ notifications }) => notifications.list({ state: 'acknowledged', ...cursor }),
      isNotifications,
    );
    return { items: data.notifications, next_cursor: data.next_cursor };
  });
  return (
    <>
      <ViewHeading>Acknowledged notifications</ViewHeading>
      <List
        pages={acknowledged}
        parts={<PartNavigation section="#notifications" view="#notifications/acknowledged" />}
        keyOf={({ notification_id }) => notification_id}
        empty={
          <>
            <p>No notification has been acknowledged yet.</p>
            <p class="soft">
              Those that somebody has acknowledged stay here, and open again when their cause does.
            </p>
          </>
        }
      >
        {(notification) => <NotificationCard notification={notification} />}
      </List>
    </>
  );
};
