import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { PostOptions } from '../../client/src/index.ts';
import { Failure, failureOf } from './failure.ts';

export interface Action {
  busy: boolean;
  run: () => Promise<void>;
}

/**
 * Something that a button or a form does: one at a time, and what comes in its way is kept until it is tried again.
 *
 * @param act takes how it is sent: with the key of the try before, if that failed, so that what was done nevertheless is not refused
 * @param show shows that it was done; what comes in the way of that does not read as if it had not been
 */
export const useAction = (
  act: (how: PostOptions) => Promise<void>,
  show?: () => Promise<void>,
): Action & { failure: Failure | undefined } => {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  // Known at once, also to the second click of two that come before anything is drawn anew.
  const isRunning = useRef(false);
  const run = async (): Promise<void> => {
    if (isRunning.current) return;
    isRunning.current = true;
    setBusy(true);
    setFailure(undefined);
    let isDone = false;
    try {
      await act({ idempotencyKey: failure?.idempotencyKey });
      isDone = true;
      await show?.();
    } catch (error) {
      const why = failureOf(error);
      setFailure(isDone ? new Failure(`It was done, but that could not be shown. ${why.message}`) : why);
    }
    isRunning.current = false;
    setBusy(false);
  };
  return { busy, failure, run };
};

interface Props {
  action: Action;
  kind?: 'primary' | 'danger';
  /** What it is about, for those who do not see where it stands. */
  describedBy?: string;
  children: ComponentChildren;
}

/** Keeps the focus while its action is under way, which a disabled button would lose. */
export const ActionButton = ({ action: { busy, run }, kind, describedBy, children }: Props) => (
  <button type="button" class={kind} aria-disabled={busy} aria-describedby={describedBy} onClick={run}>
    {children}
  </button>
);
