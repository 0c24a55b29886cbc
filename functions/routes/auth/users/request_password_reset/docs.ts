import { describeRoute } from '../../../../contract/describe-route.ts';
import { requestPasswordReset } from './route.ts';

export const requestPasswordResetDocs = describeRoute(requestPasswordReset, {
  purpose: [
    'Sends an e-mail with a link by which another password can be set, if a user has the address. The answer is the same if nobody has, and takes as long. The link is good for one hour, and once; another one ends those before it.',
    'The e-mail is sent within seconds, and not by the request itself. To a verified address at most 3 such e-mails go in an hour, and the last of them is good still when there is no other; to one that nobody has verified, 5 in 24 hours, those that verify it included. Whoever asks for more is answered the same.',
    'The route is sensitive: the body is the JSON text in base64.',
  ],
  params: { email: 'The address with which the user has registered.' },
  request: { email: 'tess@example.com' },
  answer: {},
  refusals: [
    {
      status: 'invalid-param',
      param: 'email',
      code: 'malformed',
      when: 'It is no e-mail address.',
    },
  ],
});
