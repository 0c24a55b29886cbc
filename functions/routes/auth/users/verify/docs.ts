import { describeRoute } from '../../../../contract/describe-route.ts';
import { exampleUser } from '../../../example-docs.ts';
import { verifyUser } from './route.ts';

export const verifyUserDocs = describeRoute(verifyUser, {
  purpose: [
    'Verifies that an e-mail address is the user’s, by the link or the code that was sent there. It takes no token: whoever has the link has the address.',
    'From then on Plano writes to the address. A user who is a client already is welcomed now.',
    'The route is sensitive: the body is the JSON text in base64.',
  ],
  params: {
    verification: 'The token of the link, which stands after its `#`. It is good for 24 hours, once.',
    email: 'In the place of `verification`: the address, together with `code`.',
    code: 'The code of 6 digits from the same e-mail. It can be tried 5 times.',
  },
  request: { email: 'tess@example.com', code: '204816' },
  answer: { user: { ...exampleUser, roles: [], client_id: null } },
  refusals: [
    {
      status: 'missing-param',
      param: 'verification',
      code: 'missing',
      when: 'Neither the token of a link is given, nor an address with its code.',
    },
    {
      status: 'invalid-param',
      param: 'verification',
      code: 'wrong',
      when: 'The link was used, another was sent after it, it is older than 24 hours, or there was none such.',
    },
    {
      status: 'invalid-param',
      param: 'code',
      code: 'wrong',
      when: 'The code is another, was used, tried 5 times or is older than 24 hours, or nobody has registered with that address; the answer does not tell which.',
    },
    {
      status: 'too-many-attempts',
      when: 'From one source 100 attempts to prove something have failed within an hour.',
    },
  ],
});
