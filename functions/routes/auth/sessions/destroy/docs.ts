import { describeRoute } from '../../../../contract/describe-route.ts';
import { destroySession } from './route.ts';

export const destroySessionDocs = describeRoute(destroySession, {
  purpose: [
    'Signs out: the session ends at once, everywhere. Its token is an `invalid-token` from then on.',
    'The token goes into the body, as `token`: it is the only parameter, and a body without any is refused.',
  ],
  params: {},
  request: {},
  answer: {},
  refusals: [
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
