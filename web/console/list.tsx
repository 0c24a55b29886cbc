import type { ComponentChildren } from 'preact';
import { ActionButton, useAction } from '../kit/action.tsx';
import { Boundary } from '../kit/boundary.tsx';
import type { Failure } from '../kit/failure.ts';
import { FailureNotice } from '../kit/failure-notice.tsx';
import { keepingFocus } from '../kit/focus.ts';
import { Loading } from '../kit/loading.tsx';
import type { Refreshed } from '../kit/refreshed.ts';
import { Clock } from '../kit/time.tsx';
import type { Pages } from './pages.ts';

/** Why what is shown could not be read anew; that alone could read as if what was done just before had failed. */
export const Outdated = ({ failure }: { failure: Failure | undefined }) =>
  failure && (
    <FailureNotice failure={failure}>
      <p>This could not be read anew, and may be out of date.</p>
    </FailureNotice>
  );

interface FreshnessProps extends Refreshed<unknown> {
  refresh: () => Promise<void>;
  children?: ComponentChildren;
}

/** Since when what is shown has been as it is, and why it could not be read anew; beside the way to other parts. */
export const Freshness = ({ failure, at, refresh, children }: FreshnessProps) => {
  const again = useAction(refresh);
  return (
    <>
      <div class="toolbar">
        {children}
        <p class="freshness soft">
          {at && (
            <span>
              As of <Clock at={at} />
            </span>
          )}
          <ActionButton action={again}>Refresh</ActionButton>
        </p>
      </div>
      {at ? <Outdated failure={failure} /> : failure && <FailureNotice failure={failure} />}
    </>
  );
};

interface Props<Item> {
  pages: Pages<Item>;
  /** The way to the other parts of its section. */
  parts: ComponentChildren;
  keyOf: (item: Item) => number;
  /** What stands there when there is nothing in the list. */
  empty: ComponentChildren;
  children: (item: Item) => ComponentChildren;
}

export const List = <Item,>({ pages, parts, keyOf, empty, children }: Props<Item>) => {
  const { data, failure } = pages;
  const last = data?.items.at(-1);
  const more = useAction(() => keepingFocus(last === undefined ? '' : cardId(keyOf(last)), pages.more));
  return (
    <>
      <Freshness {...pages}>{parts}</Freshness>
      {data === undefined && failure === undefined && <Loading />}
      {data?.items.length === 0 && <div class="empty">{empty}</div>}
      <ul class="cards">
        {data?.items.map((item) => (
          <li key={keyOf(item)} class="card" id={cardId(keyOf(item))} tabIndex={-1}>
            <Boundary until={item} within="div">
              {children(item)}
            </Boundary>
          </li>
        ))}
      </ul>
      {data?.hasMore && <ActionButton action={more}>Show more</ActionButton>}
    </>
  );
};

/** The id, on the page, of what the API knows by that number. */
export const cardId = (id: number): string => `card-${id}`;
