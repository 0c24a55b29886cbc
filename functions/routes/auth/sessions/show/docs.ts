import { describeRoute } from '../../../../contract/describe-route.ts';
import { exampleSession, exampleUser } from '../../../example-docs.ts';
import { showSession } from './route.ts';

export const showSessionDocs = describeRoute(showSession, {
  purpose: [
    'Shows the session, when it expires, and its user with the roles that it has at this moment. A user without a role may call it as well.',
  ],
  params: {},
  request: {},
  answer: { user: exampleUser },
  session: exampleSession,
  refusals: [
    {
      status: 'invalid-token',
      when: 'The token is an application’s: those have no session.',
    },
  ],
});
