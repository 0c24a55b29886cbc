import { describeRoute } from '../../../../contract/describe-route.ts';
import { exampleClient } from '../../../example-docs.ts';
import { updateClient } from './route.ts';

export const updateClientDocs = describeRoute(updateClient, {
  purpose: [
    'Changes how a client can be reached. What is not given stays; an empty text takes away what was there.',
    'A client changes itself, a liaison the clients that it looks after, employees and applications any client. The e-mail address and the name are the user’s, and stay.',
    'The answer has no client for an application without the scope `orders:read`.',
  ],
  params: {
    client_id: 'Which client. Required of all but clients, who mean themselves without it.',
    phone: 'A telephone number.',
    company_name: 'The name of the company that the client orders for.',
    address: 'The postal address, in lines.',
  },
  request: { phone: '+44 20 7946 0018', company_name: 'Quill & Daughters' },
  answer: { client: exampleClient },
  refusals: [
    {
      status: 'missing-param',
      param: 'client_id',
      code: 'missing',
      when: 'The caller is no client, and does not say which one it means.',
    },
    {
      status: 'invalid-param',
      param: 'client_id',
      code: 'not-found',
      when: 'There is no such client, or it is not the caller’s to change.',
    },
  ],
});
