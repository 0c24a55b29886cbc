import type { NotificationState } from '../../functions/notifications/notification.ts';
import type { EmailState } from '../../functions/outbox/email-view.ts';
import { known, titled } from './words.ts';

/** How urgent a state is. Each has a shape and a word besides its colour. */
type Tone = 'alarm' | 'waiting' | 'busy' | 'good' | 'over';

const SHAPES: Record<Tone, string> = {
  // A triangle that points up, a clock, an arrow to the right, a tick, a bar.
  alarm: 'M8 2.5 14.5 13.5h-13z',
  waiting: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zm.9 2.7v3.4l2.3 2.3-1.3 1.3-2.8-2.8V4.2z',
  busy: 'M3 2.5 13.5 8 3 13.5z',
  good: 'M6.3 13.2 1.6 8.5l1.7-1.7 3 3 6.4-6.4 1.7 1.7z',
  over: 'M2.5 6.6h11v2.8h-11z',
};

const STATES: Record<NotificationState | EmailState | 'deployed' | 'withdrawn', [Tone, string]> = {
  open: ['alarm', 'Open'],
  acknowledged: ['good', 'Acknowledged'],
  parked: ['alarm', 'Parked'],
  unsent: ['waiting', 'Unsent'],
  sending: ['busy', 'Being sent'],
  sent: ['good', 'Sent'],
  discarded: ['over', 'Discarded'],
  deployed: ['good', 'Deployed'],
  withdrawn: ['alarm', 'Withdrawn'],
};

/** The state of whatever has one. A state that this page does not know has its own name, and is nothing urgent. */
export const StateBadge = ({ state }: { state: string }) => {
  const [tone, word] = known(STATES, state) ?? ['over', titled(state)];
  return (
    <span class={`badge ${tone}`}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d={SHAPES[tone]} fill-rule="evenodd" />
      </svg>
      {word}
    </span>
  );
};
