import { useRef, useState } from 'preact/hooks';

/** Does one thing at a time: what is asked for meanwhile, as by a second click, is passed over. */
export const useBusy = () => {
  const [isBusy, setIsBusy] = useState(false);
  // Known at once, also to a second click that comes before anything is drawn anew.
  const isRunning = useRef(false);
  const run = async (act: () => Promise<void>): Promise<void> => {
    if (isRunning.current) return;
    isRunning.current = true;
    setIsBusy(true);
    await act().finally(() => {
      isRunning.current = false;
      setIsBusy(false);
    });
  };
  return { isBusy, run };
};
