import { useEffect, useRef } from 'preact/hooks';
import type { Notification } from '../../client/src/index.ts';
import { isNotifications } from './answers.ts';
import { type Pages, usePages } from './pages.ts';
import type { Tools } from './tools.ts';
import { counted, notificationWords } from './words.ts';

/** What is said of notifications that were not there, or not as often, when they were read before. */
const newsOf = ([first, ...others]: Notification[]): string | undefined => {
  if (first === undefined) return undefined;
  if (others.length > 0) return `${counted(others.length + 1, 'new notification')}.`;
  return `New notification: ${notificationWords(first.kind).title}, ${first.cause}.`;
};

/** The open notifications, watched: those that are new are announced. */
export const useOpenNotifications = ({ api, announce }: Tools): Pages<Notification> => {
  const open = usePages(async (cursor) => {
    const data = await api.read(
      ({ notifications }) => notifications.list({ state: 'open', ...cursor }),
      isNotifications,
    );
    return { items: data.notifications, next_cursor: data.next_cursor };
  });
  const lastSeen = useRef<string | undefined>(undefined);
  const items = open.data?.items;
  useEffect(() => {
    if (items === undefined) return;
    const before = lastSeen.current;
    const news = before === undefined ? undefined : newsOf(items.filter(({ last_at }) => last_at > before));
    if (news !== undefined) announce(news);
    lastSeen.current = items.reduce((last, { last_at }) => (last_at > last ? last_at : last), before ?? '');
  }, [items]);
  return open;
};
