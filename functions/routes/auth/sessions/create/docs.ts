import { describeRoute } from '../../../../contract/describe-route.ts';
import { exampleSession, exampleUser } from '../../../example-docs.ts';
import { createSession } from './route.ts';

export const createSessionDocs = describeRoute(createSession, {
  purpose: [
    'Signs a user in. The answer’s `session` has the token that goes with every further request.',
    'A session expires 7 days after it was made, or after 72 hours without use, unless it was made with `remember_me`. A user has at most 50 sessions: when another one is made, the one that was unused for longest ends.',
    'An e-mail tells the user when it is from an address of the network from which the user had not signed in for months, or not since the password was reset.',
    'The route is sensitive: the body is the JSON text in base64.',
  ],
  params: {
    email: 'The address with which the user has registered.',
    password: 'The user’s password.',
    remember_me: 'Whether the session lives on without end. Without it, it expires.',
  },
  request: { email: 'tess@example.com', password: 'a long enough example' },
  answer: { user: exampleUser },
  session: exampleSession,
  refusals: [
    {
      status: 'invalid-param',
      param: 'password',
      code: 'wrong',
      when: 'Nobody has registered with that address, or the password is another; the answer does not tell which.',
    },
    {
      status: 'client-required',
      when: 'The user has no role yet. It is signed in all the same: `session` is there to become a client with.',
    },
    {
      status: 'too-many-attempts',
      when: 'Within 15 minutes 10 attempts for that address have failed, or 100 from one source within an hour.',
    },
  ],
});
