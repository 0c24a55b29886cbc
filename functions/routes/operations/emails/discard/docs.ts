import { describeRoute } from '../../../../contract/describe-route.ts';
import { parkedEmail } from '../../../example-docs.ts';
import { discardEmail } from './route.ts';

export const discardEmailDocs = describeRoute(discardEmail, {
  purpose: [
    'Discards an e-mail that waits: it will not be sent. It is kept for some time, to be looked at.',
    'One whose row cannot be read can be discarded as well; `data.email` is null then.',
  ],
  params: { email_id: 'The e-mail.' },
  request: { email_id: parkedEmail.email_id },
  answer: { email: { ...parkedEmail, state: 'discarded', due_at: null } },
  refusals: [
    {
      status: 'invalid-param',
      param: 'email_id',
      code: 'sent',
      when: 'The e-mail was sent, so that nothing can be decided. `being-sent` and `discarded` are likewise such states.',
    },
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
