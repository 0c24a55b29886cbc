import { describeRoute } from '../../../../contract/describe-route.ts';
import { parkedEmail } from '../../../example-docs.ts';
import { showEmail } from './route.ts';

export const showEmailDocs = describeRoute(showEmail, {
  purpose: [
    'Shows what has become of an e-mail: how often it was tried to send it, why that failed, and when it is due again. Neither its text nor an address is shown.',
  ],
  params: { email_id: 'The e-mail. Notifications and lists name it.' },
  request: { email_id: '5550401' },
  answer: { email: parkedEmail },
  refusals: [
    {
      status: 'invalid-param',
      param: 'email_id',
      code: 'not-found',
      when: 'There is no such e-mail, or it is forgotten.',
    },
    {
      status: 'permission-required',
      when: 'The user is no employee.',
    },
  ],
});
