import type { NotificationKind } from '../functions/contract/notification.ts';
import type { EmailState } from '../functions/contract/saved-email.ts';

/** What has happened, and what whoever is on call can do about it. */
export const NOTIFICATION_WORDS: Record<NotificationKind, { title: string; advice: string }> = {
  'mandrill-email-failed': {
    title: 'An e-mail was not sent',
    advice: 'Mandrill did not take it. It is tried again for 24 hours, unless Mandrill refuses it for good.',
  },
  'email-parked': {
    title: 'An e-mail waits for you',
    advice: 'It is not tried any more. Repair the cause, then send the e-mail again, or discard it.',
  },
  'application-crash': {
    title: 'A request failed on our side',
    advice: 'The logs say more under the request id.',
  },
  'identify-request-error': {
    title: 'A route could not be identified',
    advice: 'The deployment records could not be read. The logs say more under the request id.',
  },
  'unreadable-row': {
    title: 'A row cannot be read',
    advice: 'It is left out of lists. An operator finds and repairs it: npm run ops -- rows list.',
  },
};

/** What is said of a kind that this release knows, or of one that only a later one does. */
export const notificationWords = (kind: string): { title: string; advice: string } =>
  new Map(Object.entries(NOTIFICATION_WORDS)).get(kind) ?? { title: spoken(kind), advice: '' };

export const EMAIL_STATE_WORDS: Record<EmailState, string> = {
  unsent: 'Unsent',
  sending: 'Being sent',
  parked: 'Parked',
  sent: 'Sent',
  discarded: 'Discarded',
};

/** `1 route`, `2 routes`. */
export const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** `once`, `2 times`. */
export const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

/** A name of the API's such as `appointment-cancelled`, for people. */
export const spoken = (name: string): string => name.replaceAll('-', ' ');
