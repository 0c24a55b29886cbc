import { describeRoute } from '../../../../contract/describe-route.ts';
import { exampleSession, exampleUser } from '../../../example-docs.ts';
import { registerClient } from './route.ts';

export const registerClientDocs = describeRoute(registerClient, {
  purpose: [
    'Makes the user of the session a client, and welcomes it by e-mail: at once, or when its address is verified. From then on its sessions may order; nobody has to sign in again.',
  ],
  params: {
    phone: 'A telephone number.',
    company_name: 'The name of the company that the client orders for.',
    address: 'The postal address, in lines.',
  },
  request: { company_name: 'Quill & Daughters', phone: '+44 20 7946 0018' },
  answer: { user: exampleUser },
  session: exampleSession,
  refusals: [
    {
      status: 'invalid-param',
      param: 'token',
      code: 'already-client',
      when: 'The user is a client already.',
    },
    {
      status: 'no-params-decoded',
      when: 'The token is in the header and nothing is in the body: send it in the body, as `token`.',
    },
  ],
});
