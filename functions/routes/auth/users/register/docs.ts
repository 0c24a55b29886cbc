import { describeRoute } from '../../../../contract/describe-route.ts';
import { exampleSession, exampleUser } from '../../../example-docs.ts';
import { registerUser } from './route.ts';

export const registerUserDocs = describeRoute(registerUser, {
  purpose: [
    'Makes a user, and a session in which it is signed in. The user has no role yet: on most routes it gets `client-required` until it has become a client (`users/client_register`).',
    'An e-mail asks whether the address is the user’s, by a link and a code of 6 digits (`users/verify`). Until that is known, nothing is sent there but such e-mails, and links for another password.',
    'The route is sensitive: the body is the JSON text in base64.',
  ],
  params: {
    email: 'The address by which the user signs in, and to which e-mail goes. No two users have one address.',
    password:
      'The password: 8 to 256 characters, once it is in Unicode’s form NFKC; none of the most common ones, and neither the address nor the name.',
    name: 'What the user is called.',
    remember_me: 'Whether the session lives on without end. Without it, it expires.',
  },
  request: { email: 'tess@example.com', password: 'a long enough example', name: 'Tess Quill' },
  answer: { user: { ...exampleUser, email_verified: false, roles: [], client_id: null } },
  session: { ...exampleSession, roles: [] },
  refusals: [
    {
      status: 'invalid-param',
      param: 'email',
      code: 'taken',
      when: 'A user has that address already: sign in, or use another one.',
    },
    {
      status: 'invalid-param',
      param: 'password',
      code: 'too-short',
      when: 'The password has fewer than 8 characters.',
    },
    {
      status: 'invalid-param',
      param: 'password',
      code: 'too-common',
      when: 'The password is among the most common ones, or is the address or the name.',
    },
    {
      status: 'too-many-attempts',
      when: 'From one source there were 100 registrations within an hour, or 30 that have met an address that is taken.',
    },
  ],
});
