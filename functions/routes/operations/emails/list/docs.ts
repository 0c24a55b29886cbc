import { describeRoute } from '../../../../contract/describe-route.ts';
import { parkedEmail } from '../../../example-docs.ts';
import { listEmails } from './route.ts';

export const listEmailsDocs = describeRoute(listEmails, {
  purpose: [
    'Lists the e-mails that are still to be sent or wait for a decision, the longest due first. Neither their text nor an address is shown.',
    'A page can have fewer e-mails than asked for though the list goes on; it ends where `next_cursor` is null.',
  ],
  params: {
    state:
      'Only e-mails of this state: `unsent` are tried again by themselves, `sending` are tried just now, `parked` wait for a decision.',
    limit: 'How many e-mails a page has at most; 25 when it is not given.',
    cursor:
      'The `next_cursor` of the page before, to get the one after it. The other parameters stay as they were, but for `limit`.',
  },
  request: { state: 'parked' },
  answer: { emails: [parkedEmail], next_cursor: null },
  refusals: [
    {
      status: 'permission-required',
      when: 'The user is no employee.',
    },
    {
      status: 'invalid-param',
      param: 'cursor',
      code: 'other-list',
      when: 'The cursor was given for another state: start the list anew.',
    },
  ],
});
