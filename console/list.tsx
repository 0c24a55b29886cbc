import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { ActionButton, useAction } from './action.tsx';
import { FailureNotice } from './failure-notice.tsx';
import type { Pages, Refreshed } from './refreshed.ts';
import { Clock } from './time.tsx';

/** The heading of a view, which has the focus when the view opens. */
export const ViewHeading = ({ children }: { children: string }) => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
};

/** What stands where something is being read for the first time. */
export const Loading = () => (
  <div class="loading">
    <p class="unseen">Loading …</p>
    <div />
    <div />
    <div />
  </div>
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
      {failure && <FailureNotice failure={failure} />}
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
  const more = useAction(pages.more);
  const { data, failure } = pages;
  return (
    <>
      <Freshness {...pages}>{parts}</Freshness>
      {data === undefined && failure === undefined && <Loading />}
      {data?.items.length === 0 && <div class="empty">{empty}</div>}
      <ul class="cards">
        {data?.items.map((item) => (
          <Card key={keyOf(item)} id={keyOf(item)}>
            {children(item)}
          </Card>
        ))}
      </ul>
      {data?.hasMore && <ActionButton action={more}>Show more</ActionButton>}
    </>
  );
};

const Card = ({ id, children }: { id: number; children: ComponentChildren }) => (
  <li class="card" id={cardId(id)} tabIndex={-1}>
    {children}
  </li>
);

/** The id, on the page, of what the API knows by that number. */
export const cardId = (id: number): string => `card-${id}`;
