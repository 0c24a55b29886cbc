import { useEffect, useRef, useState } from 'preact/hooks';
import { type Failure, failureOf } from './failure.ts';

const PERIOD_MS = 15_000;

/** What was read last, and what came of reading it. */
export interface Refreshed<Data> {
  /** Undefined until it was read for the first time; kept when reading it again fails. */
  data?: Data;
  /** When it was read. */
  at?: Date;
  /** Why it could not be read the last time. */
  failure?: Failure;
}

/** Acts every 15 seconds while the page can be seen, and as soon as it can be seen again. */
const whileVisible = (act: () => void): (() => void) => {
  const actIfVisible = () => {
    if (!document.hidden) act();
  };
  const timer = setInterval(actIfVisible, PERIOD_MS);
  document.addEventListener('visibilitychange', actIfVisible);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', actIfVisible);
  };
};

/** How many periods have passed while the page could be seen. */
export const usePeriods = (): number => {
  const [count, setCount] = useState(0);
  useEffect(() => whileVisible(() => setCount((before) => before + 1)), []);
  return count;
};

/**
 * What the API says, at once and then always anew while the page can be seen.
 *
 * @returns it, and a function that reads it again at once
 */
export const useRefreshed = <Data>(
  read: () => Promise<Data>,
): Refreshed<Data> & { refresh: () => Promise<void> } => {
  const [shown, setShown] = useState<Refreshed<Data>>({});
  const latest = useRef(0);
  const underWay = useRef(0);
  const refresh = async (): Promise<void> => {
    latest.current += 1;
    underWay.current += 1;
    const turn = latest.current;
    const show = (change: (before: Refreshed<Data>) => Refreshed<Data>) => {
      // What was asked for before, and answered later, is out of date.
      if (turn === latest.current) setShown(change);
    };
    try {
      const data = await read();
      show(() => ({ data, at: new Date() }));
    } catch (error) {
      show((before) => ({ ...before, failure: failureOf(error) }));
    } finally {
      underWay.current -= 1;
    }
  };
  useEffect(() => {
    void refresh();
    const stop = whileVisible(() => {
      // What takes longer than the period is waited for, or nothing of it would ever be shown.
      if (underWay.current === 0) void refresh();
    });
    return () => {
      stop();
      latest.current += 1;
    };
  }, []);
  return { ...shown, refresh };
};
