import { describeRoute } from '../../../../contract/describe-route.ts';
import { parkedEmail } from '../../../example-docs.ts';
import { resendEmail } from './route.ts';

const DECIDED_AT = '2037-11-23T10:30:00.000Z';

export const resendEmailDocs = describeRoute(resendEmail, {
  purpose: [
    'Has an e-mail sent again that is unsent or parked: it is due now, and is tried for another 24 hours. It is sent within a minute or two, not by this request.',
  ],
  params: { email_id: 'The e-mail.' },
  request: { email_id: parkedEmail.email_id },
  answer: { email: { ...parkedEmail, state: 'unsent', due_at: DECIDED_AT } },
  refusals: [
    {
      status: 'invalid-param',
      param: 'email_id',
      code: 'sent',
      when: 'The e-mail was sent. `being-sent` and `discarded` are likewise states in which nothing can be decided.',
    },
    {
      status: 'invalid-param',
      param: 'email_id',
      code: 'unreadable',
      when: 'The row of the e-mail cannot be read: it can be discarded, or repaired by an operator.',
    },
    {
      status: 'permission-required',
      when: 'The user is no employee.',
    },
  ],
});
