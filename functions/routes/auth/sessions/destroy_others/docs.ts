import { describeRoute } from '../../../../contract/describe-route.ts';
import { destroyOtherSessions } from './route.ts';

export const destroyOtherSessionsDocs = describeRoute(destroyOtherSessions, {
  purpose: [
    'Signs the user out everywhere but here: all sessions end at once, all but the one of the token.',
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
  ],
});
