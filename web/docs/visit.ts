import { useLayoutEffect, useState } from 'preact/hooks';
import type { Order } from '../../client/src/types.ts';
import { inStorage } from '../kit/tab-storage.ts';

/** By whom requests are made. */
export interface Visitor {
  token: string;
  /** Of whoever has signed in here; a token that was pasted tells none. */
  name?: string;
}

/** What is known of whoever reads the page. */
interface Visit {
  visitor: Visitor | undefined;
  /** The last one that was answered: examples are about it from then on. */
  order: Order | undefined;
}

/** Not that of the console, which is of the same origin: who looks after notifications there may be a client here. */
const KEY = 'try-it';

let visit: Visit = {
  visitor: inStorage((storage) => JSON.parse(storage.getItem(KEY) ?? 'null')) ?? undefined,
  order: undefined,
};
const readers = new Set<() => void>();

const change = (changes: Partial<Visit>): void => {
  visit = { ...visit, ...changes };
  for (const read of readers) read();
};

export const currentVisit = (): Visit => visit;

/** Keeps by whom requests are made, in this tab alone; undefined forgets it. */
export const keepVisitor = (visitor: Visitor | undefined): void => {
  inStorage((storage) => (visitor ? storage.setItem(KEY, JSON.stringify(visitor)) : storage.removeItem(KEY)));
  change({ visitor });
};

export const seeOrder = (order: Order): void => change({ order });

/** The visit as it is, for a component that is drawn anew when it changes. */
export const useVisit = (): Visit => {
  const [, draw] = useState({});
  useLayoutEffect(() => {
    const read = () => draw({});
    readers.add(read);
    return () => {
      readers.delete(read);
    };
  }, []);
  return visit;
};
