import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Failure } from './failure.ts';

export interface Action {
  busy: boolean;
  run: () => Promise<void>;
}

/** Something that a button does: one at a time, and what comes in its way is kept until it is tried again. */
export const useAction = (act: () => Promise<void>): Action & { failure: Failure | undefined } => {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const run = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setFailure(undefined);
    try {
      await act();
    } catch (error) {
      setFailure(error as Failure);
    }
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
