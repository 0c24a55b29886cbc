import { describeRoute } from '../../../../contract/describe-route.ts';
import { exampleClient } from '../../../example-docs.ts';
import { listClients } from './route.ts';

export const listClientsDocs = describeRoute(listClients, {
  purpose: [
    'Lists clients, the newest first: itself for a client, those that a liaison looks after, or all of them for employees and applications.',
    'A page can have fewer clients than asked for though the list goes on; it ends where `next_cursor` is null.',
  ],
  params: {
    limit: 'How many clients a page has at most; 25 when it is not given.',
    cursor: 'The `next_cursor` of the page before, to get the one after it.',
  },
  request: { limit: '10' },
  answer: { clients: [exampleClient], next_cursor: null },
  refusals: [
    {
      status: 'invalid-param',
      param: 'cursor',
      code: 'malformed',
      when: 'The cursor is none that was given here: start the list anew.',
    },
  ],
});
