import { describeRoute } from '../../../../contract/describe-route.ts';
import { destroySession } from './route.ts';

export const destroySessionDocs = describeRoute(destroySession, {
  purpose: [
    'Signs out: the session ends at once, everywhere. Its token is an `invalid-token` from then on.',
    'With `session_id` it ends another session of the same user instead, such as that of a phone that was lost.',
    'The token goes into the body, as `token`: a body without any parameter is refused.',
  ],
  params: {
    session_id: 'The session to end, of those that `sessions/list` tells; the one of the token without it.',
  },
  request: {},
  answer: {},
  refusals: [
    {
      status: 'invalid-param',
      param: 'session_id',
      code: 'not-found',
      when: 'The user has no such session: it has ended, or is somebody else’s.',
    },
    {
      status: 'no-params-decoded',
      when: 'The token is in the header only: send it in the body, as `token`.',
    },
    {
      status: 'invalid-token',
      when: 'The session has ended already. A request that is sent again with its `Idempotency-Key` succeeds.',
    },
  ],
});
