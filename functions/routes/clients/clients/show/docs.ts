import { describeRoute } from '../../../../contract/describe-route.ts';
import { exampleClient } from '../../../example-docs.ts';
import { showClient } from './route.ts';

export const showClientDocs = describeRoute(showClient, {
  purpose: [
    'Shows a client: to itself, to liaisons that look after it, to employees and applications. Without parameters a client is shown itself.',
  ],
  params: {
    client_id: 'The client. One of `client_id` and `email` is required of all but clients.',
    email: 'The address of the client, by which its user signs in.',
  },
  request: { client_id: '5550100' },
  answer: { client: exampleClient },
  refusals: [
    {
      status: 'missing-param',
      param: 'client_id',
      code: 'missing',
      when: 'The caller is no client, and names none.',
    },
    {
      status: 'invalid-param',
      param: 'client_id',
      code: 'not-found',
      when: 'There is no such client, or it is not the caller’s to see. So it is with `email`.',
    },
    {
      status: 'invalid-param',
      param: 'email',
      code: 'conflicting',
      when: 'It is given besides `client_id`.',
    },
  ],
});
