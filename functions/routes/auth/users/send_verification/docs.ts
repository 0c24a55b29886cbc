import { describeRoute } from '../../../../contract/describe-route.ts';
import { sendVerification } from './route.ts';

export const sendVerificationDocs = describeRoute(sendVerification, {
  purpose: [
    'Sends the e-mail again that asks whether the address is the user’s, with another link and another code; those that were sent before end with it.',
    'The token goes into the body, as `token`: it is the only parameter, and a body without any is refused.',
  ],
  params: {},
  request: {},
  answer: {},
  refusals: [
    {
      status: 'invalid-param',
      param: 'token',
      code: 'already-verified',
      when: 'The address is verified already.',
    },
    {
      status: 'too-many-attempts',
      when: 'To that address 5 such e-mails were sent within 24 hours, the one of registering included.',
    },
    {
      status: 'no-params-decoded',
      when: 'The token is in the header only: send it in the body, as `token`.',
    },
  ],
});
