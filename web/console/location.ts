import { useEffect, useState } from 'preact/hooks';
import { VIEWS, type View } from './views.ts';

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
