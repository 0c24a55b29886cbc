import { describeRoute } from '../../../../contract/describe-route.ts';
import { exampleSession } from '../../../example-docs.ts';
import { listSessions } from './route.ts';

const { created_at, last_used_at, remember_me, expires_at } = exampleSession;

export const listSessionsDocs = describeRoute(listSessions, {
  purpose: [
    'Lists the sessions in which the user is signed in, the one used last first. A session is named by its `session_id`, with which nobody can use it; `sessions/destroy` takes it.',
  ],
  params: {},
  request: {},
  answer: {
    sessions: [{ session_id: 5550601, created_at, last_used_at, remember_me, expires_at, current: true }],
  },
  refusals: [
    {
      status: 'invalid-token',
      when: 'The token is an application’s: those have no session.',
    },
  ],
});
