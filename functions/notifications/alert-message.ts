import type { FormerAlert } from './alerting.ts';
import type { Notification, NotificationKind } from './notification.ts';

/** What people get who are alerted. */
export interface AlertMessage {
  /** One line of ASCII, at most 100 characters, as SNS takes it. */
  subject: string;
  text: string;
}

interface Meaning {
  what: string;
  look: string;
  /** What to type after `npm run ops --` to see more of it. */
  command: string;
  /** The heading in docs/runbook.md that says what to do. */
  heading: string;
}

const NOT_FOUND = {
  look: 'Restore it, or if it is to stay away, tell its clients; what has no record gets one by records rewrite.',
  heading: 'not-found',
};

/** What a notification of a kind means, and what to look at. */
export const MEANINGS: Record<NotificationKind, Meaning> = {
  'mandrill-email-failed': {
    what: 'Mandrill did not take an e-mail. What it was about is saved, and unless it is parked the e-mail is sent again by itself.',
    look: 'Look at Mandrill, its key and its account; emails/list shows what waits to be sent.',
    command: 'emails list',
    heading: 'emails-failed',
  },
  'email-parked': {
    what: 'An e-mail is parked: it is not sent again by itself, and its client does not know the news.',
    look: 'Look at emails/list with the state parked; each waits for emails/resend or emails/discard.',
    command: 'emails list --state parked',
    heading: 'emails-parked',
  },
  'application-crash': {
    what: 'Something failed on our side, in a request or in sending e-mails.',
    look: 'Look in the log of the function that the cause names, for the request.',
    command: 'routes list',
    heading: 'crashes',
  },
  'identify-request-error': {
    what: 'Requests fail on our side before their route is identified: its function cannot read the table.',
    look: 'Look in the log of the function that the cause names, for the request, and at the table.',
    command: 'doctor',
    heading: 'identify-request-error',
  },
  'service-not-found': {
    what: 'Requests ask for a service that is not deployed: it has no record, or was withdrawn over an hour ago.',
    ...NOT_FOUND,
    command: 'services list',
  },
  'route-not-found': {
    what: 'Requests ask for a route that is not deployed: it has no record, or was withdrawn over an hour ago.',
    ...NOT_FOUND,
    command: 'routes list',
  },
  'unreadable-row': {
    what: 'A row of the table cannot be read. It is left out of lists; what needs it alone fails.',
    look: 'rows show tells what is wrong with a row, rows repair mends it.',
    command: 'rows list',
    heading: 'rows-that-cannot-be-read',
  },
  'check-failed': {
    what: 'The check from outside, which reads an order and changes it as a client does, does not get what it has to.',
    look: 'The cause names its step and what came back. If that is set-up, set it up: check set-up.',
    command: 'check run',
    heading: 'check-failed',
  },
};

/** What a notification means; one of a kind that only a later release knows says no more than its kind and cause. */
const meaningOf = (kind: string): Meaning =>
  new Map(Object.entries(MEANINGS)).get(kind) ?? {
    what: 'Something has occurred that another release of the API has told of, and this one does not know.',
    look: 'Look it up in the runbook of that release.',
    command: 'doctor',
    heading: 'alarms',
  };

/** A time for people. */
const inWords = (at: string): string => `${at.slice(0, 10)} at ${at.slice(11, 19)} UTC`;

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

/** What there is besides the notification: where the team reads docs/runbook.md, and when people were alerted for it before. */
interface Besides {
  runbook: string;
  former?: FormerAlert | undefined;
}

/** The message about a notification, in plain sentences. It holds what the notification holds, and so nothing personal. */
export const alertMessageOf = (notification: Notification, { runbook, former }: Besides): AlertMessage => {
  const { kind, cause, stage, occurrences, last_order_id, last_email_id } = notification;
  const { what, look, command, heading } = meaningOf(kind);
  const about = [
    `request ${notification.last_request_id}`,
    ...(last_order_id === null ? [] : [`order ${last_order_id}`]),
    ...(last_email_id === null ? [] : [`e-mail ${last_email_id}`]),
  ];
  const lines = [
    what,
    '',
    `Cause: ${cause}`,
    `Stage: ${stage}`,
    ...(former === undefined
      ? []
      : [
          `You were alerted before, on ${inWords(former.at)}; it has occurred ${times(occurrences - former.occurrences)} since.`,
        ]),
    `It has occurred ${times(occurrences)}, first on ${inWords(notification.first_at)}, last on ${inWords(notification.last_at)}.`,
    `The last was about ${about.join(', ')}.`,
    '',
    look,
    `Type: npm run ops -- ${command} --stage ${stage}`,
    `What to do: ${runbook}#${heading}`,
    `It is notification ${notification.notification_id} (${kind}) of the notifications tab. Acknowledge it there; if it occurs ` +
      'after that, you are alerted again, and each hour as long as it goes on and nobody acknowledges it.',
  ];
  return { subject: `Plano Orders (${stage}): ${kind}`, text: `${lines.join('\n')}\n` };
};
