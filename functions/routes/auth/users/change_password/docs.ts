import { describeRoute } from '../../../../contract/describe-route.ts';
import { changePassword } from './route.ts';

export const changePasswordDocs = describeRoute(changePassword, {
  purpose: [
    'Sets another password for the user of the session. All other sessions of the user end with it, and so does a link for another password that was sent before; an e-mail says that the password was changed.',
    'The route is sensitive: the body is the JSON text in base64.',
  ],
  params: {
    current_password: 'The password as it is.',
    password:
      'The new password: 8 to 256 characters, once it is in Unicode’s form NFKC; none of the most common ones, and neither the address nor the name.',
  },
  request: { current_password: 'a long enough example', password: 'another long enough example' },
  answer: {},
  refusals: [
    {
      status: 'invalid-param',
      param: 'current_password',
      code: 'wrong',
      when: 'It is not the password of the user.',
    },
    {
      status: 'invalid-param',
      param: 'password',
      code: 'too-common',
      when: 'The password is among the most common ones, or is the address or the name.',
    },
    {
      status: 'too-many-attempts',
      when: 'Within 15 minutes 10 attempts to sign in as the user, or to change the password, have failed, or 100 from one source within an hour.',
    },
  ],
});
