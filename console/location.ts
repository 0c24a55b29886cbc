import { useEffect, useState } from 'preact/hooks';

/** The views of the console. Each has an address after the page's `#`, so that a reload and the way back lead where they should. */
export const VIEWS = {
  '#notifications': 'Notifications',
  '#notifications/acknowledged': 'Acknowledged notifications',
  '#deployment': 'Deployment',
  '#emails': 'Parked e-mails',
  '#emails/unsent': 'Unsent e-mails',
  '#emails/sending': 'E-mails being sent',
} as const;
export type View = keyof typeof VIEWS;

const isView = (hash: string): hash is View => Object.hasOwn(VIEWS, hash);
const viewOf = (hash: string): View => (isView(hash) ? hash : '#notifications');

/** The view that the page's address asks for; the first, when there is none of that name. */
export const useView = (): View => {
  const [view, setView] = useState(() => viewOf(location.hash));
  useEffect(() => {
    const follow = () => setView(viewOf(location.hash));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return view;
};
