import { describeRoute } from '../../../../contract/describe-route.ts';
import { resetPassword } from './route.ts';

export const resetPasswordDocs = describeRoute(resetPassword, {
  purpose: [
    'Sets another password by the link that `users/request_password_reset` has sent, or by that of an invitation, which makes the user an employee. All sessions of the user end with it, and the address is verified: whoever has the link has the address. An e-mail says that the password was changed.',
    'Nobody is signed in by it: sign in with the new password.',
    'The route is sensitive: the body is the JSON text in base64.',
  ],
  params: {
    reset:
      'The token of the link, which stands after its `#`. It is good for one hour, that of an invitation for 72, and once.',
    password:
      'The new password: 8 to 256 characters, once it is in Unicode’s form NFKC; none of the most common ones, and neither the address nor the name.',
  },
  request: {
    reset: 'res_5550001_ExampleExampleExampleExampleExampleExample0',
    password: 'another long enough example',
  },
  answer: {},
  refusals: [
    {
      status: 'invalid-param',
      param: 'reset',
      code: 'wrong',
      when: 'The link was used, another was sent after it, it is too old, or there was none such.',
    },
    {
      status: 'invalid-param',
      param: 'password',
      code: 'too-common',
      when: 'The password is among the most common ones, or is the address or the name. The link still holds.',
    },
    {
      status: 'too-many-attempts',
      when: 'From one source 100 attempts to prove something have failed within an hour.',
    },
  ],
});
