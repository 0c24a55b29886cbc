import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { deliver } from '../../outbox/deliver.ts';
import { takeDueEmail } from '../../outbox/outbox.ts';
import { job } from '../../pipeline/job.ts';
import { mailerFor } from '../../pipeline/mailer.ts';
import { sendBatch } from './send-due-emails.ts';

/** Called by the queue: sends the e-mails of its messages. Lambda puts back those messages that it answers. */
export const handler = job<SQSEvent, SQSBatchResponse>(
  { name: 'send-due-emails', service: 'emails', message: 'send' },
  async ({ Records }, { table, deadline, measure, report }) => {
    const now = () => new Date();
    let mandrillMs = 0;
    const waited = (milliseconds: number): void => {
      mandrillMs += milliseconds;
    };
    const mailer = mailerFor({ table, deadline, now, report, waited });
    const batch = await sendBatch(Records, {
      take: (email_id) => takeDueEmail(table, email_id, now()),
      deliver: (email) => deliver(email, mailer),
      report,
    });
    const { sent, refused, undone } = batch;
    const told = refused.filter(({ untold }) => !untold);
    measure({
      ...(sent.length > 0 && { EmailsSent: [sent.length, 'Count'] }),
      ...(told.length > 0 && { EmailsFailed: [told.length, 'Count'] }),
    });
    return {
      answer: { batchItemFailures: undone.map(({ message_id }) => ({ itemIdentifier: message_id })) },
      line: { messages: Records.length, mandrill_ms: Math.round(mandrillMs), ...batch },
      warns: refused.length > 0,
    };
  },
);
