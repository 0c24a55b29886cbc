import type { NotificationKind } from '../../functions/notifications/notification.ts';

interface NotificationWords {
  /** What has happened. */
  title: string;
  /** What whoever is on call can do about it. */
  advice: string;
}

const NOTIFICATION_WORDS: Record<NotificationKind, NotificationWords> = {
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
  'service-not-found': {
    title: 'A service is missing',
    advice:
      'It is asked for, and has no record or was withdrawn over an hour ago: npm run ops -- services restore, or records rewrite.',
  },
  'route-not-found': {
    title: 'A route is missing',
    advice:
      'It is asked for, and has no record or was withdrawn over an hour ago: npm run ops -- routes restore, or records rewrite.',
  },
  'unreadable-row': {
    title: 'A row cannot be read',
    advice: 'It is left out of lists. An operator finds and repairs it: npm run ops -- rows list.',
  },
  'check-failed': {
    title: 'The check from outside fails',
    advice: 'Clients may fail likewise. The cause names the step of the check and what came back.',
  },
};

/** What a record has under a name of the API's, which may be one that only another release knows. */
export const known = <Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

export const notificationWords = (kind: string): NotificationWords =>
  known(NOTIFICATION_WORDS, kind) ?? {
    title: titled(kind),
    advice: 'This page does not know its kind: reload it. The logs say more under the request id.',
  };

/** `1 route`, `2 routes`. */
export const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** `once`, `2 times`. */
export const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

/** A name of the API's such as `appointment-cancelled`, for people. */
export const spoken = (name: string): string => name.replaceAll(/[-_]/g, ' ');

/** `Appointment cancelled`. */
export const titled = (name: string): string => spoken(name).replace(/^./u, (first) => first.toUpperCase());
