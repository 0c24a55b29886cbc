import { type ComponentChildren, createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { AccountPath } from '../../functions/documents/account/paths.ts';
import { type Place, placeOf } from './place.ts';

/** Takes the token out of the address and of the tab's history at once: from then on it is nowhere but in memory. */
const arrive = (): Place => {
  const place = placeOf(location);
  if (location.hash !== '') history.replaceState(null, '', location.pathname);
  return place;
};

/** The place where the page is, which is another object with each arrival, and the way to others without loading the document anew. */
export const usePlace = (): { place: Place; go: (path: AccountPath) => void } => {
  const [place, setPlace] = useState(arrive);
  useEffect(() => {
    const follow = () => setPlace(arrive());
    // A link that is pasted into the address of an open page changes nothing but what is behind its `#`.
    const followLink = () => {
      if (location.hash !== '') follow();
    };
    addEventListener('popstate', follow);
    addEventListener('hashchange', followLink);
    return () => {
      removeEventListener('popstate', follow);
      removeEventListener('hashchange', followLink);
    };
  }, []);
  const go = (path: AccountPath): void => {
    history.pushState(null, '', path);
    scrollTo(0, 0);
    setPlace(arrive());
  };
  return { place, go };
};

export const GoContext = createContext<(path: AccountPath) => void>(() => {});
export const useGo = () => useContext(GoContext);

interface Props {
  to: AccountPath;
  /** Whether it is what one does next. */
  isNext?: boolean;
  children: ComponentChildren;
}

/** A link to another of the pages. */
export const Link = ({ to, isNext, children }: Props) => {
  const go = useGo();
  return (
    <a
      href={to}
      class={isNext ? 'next' : undefined}
      onClick={(event) => {
        // Whoever opens it in another tab has no session there: that is the tab's own.
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        go(to);
      }}
    >
      {children}
    </a>
  );
};
