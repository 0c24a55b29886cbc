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
}

/** What a notification of a kind means, and what to look at on a stage. */
const meaningsOn = (stage: string): Record<NotificationKind, Meaning> => ({
  'mandrill-email-failed': {
    what: 'Mandrill did not take an e-mail. What it was about is saved, and unless it is parked the e-mail is sent again by itself.',
    look: 'Look at Mandrill, its key and its account; emails/list shows what waits to be sent.',
  },
  'email-parked': {
    what: 'An e-mail is parked: it is not sent again by itself, and its client does not know the news.',
    look: 'Look at emails/list with the state parked; each waits for emails/resend or emails/discard.',
  },
  'application-crash': {
    what: 'Something failed on our side, in a request or in sending e-mails.',
    look: 'Look in the log of the function that the cause names, for the request.',
  },
  'identify-request-error': {
    what: 'Requests fail on our side before their route is identified: its function cannot read the table.',
    look: 'Look in the log of the function that the cause names, for the request, and at the table.',
  },
  'unreadable-row': {
    what: 'A row of the table cannot be read. It is left out of lists; what needs it alone fails.',
    look: `npm run ops -- rows list --stage ${stage} names the rows, rows show tells what is wrong with one, rows repair mends it.`,
  },
  'check-failed': {
    what: 'The check from outside, which reads an order and changes it as a client does, does not get what it has to.',
    look: `The cause names its step and what came back. If that is set-up: npm run ops -- check set-up --stage ${stage}`,
  },
});

/** What a notification means; one of a kind that only a later release knows says no more than its kind and cause. */
const meaningOf = (kind: string, stage: string): Meaning =>
  new Map(Object.entries(meaningsOn(stage))).get(kind) ?? {
    what: 'Something has occurred that another release of the API has told of, and this one does not know.',
    look: 'Look it up in the runbook of that release.',
  };

/** A time for people. */
const inWords = (at: string): string => `${at.slice(0, 10)} at ${at.slice(11, 19)} UTC`;

/** The message about a notification, in plain sentences. It holds what the notification holds, and so nothing personal. */
export const alertMessageOf = (notification: Notification): AlertMessage => {
  const { kind, cause, stage, occurrences, last_order_id, last_email_id } = notification;
  const { what, look } = meaningOf(kind, stage);
  const times = occurrences === 1 ? 'once' : `${occurrences} times`;
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
    `It has occurred ${times}, first on ${inWords(notification.first_at)}, last on ${inWords(notification.last_at)}.`,
    `The last was about ${about.join(', ')}.`,
    '',
    look,
    `It is notification ${notification.notification_id} (${kind}) of the notifications tab. Acknowledge it there; if it occurs ` +
      'after that, you are alerted again.',
  ];
  return { subject: `Plano Orders (${stage}): ${kind}`, text: `${lines.join('\n')}\n` };
};
