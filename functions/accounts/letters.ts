import { type EmailContent, rendered } from '../outbox/email.ts';

/** Where the pages for people are, below the address of the API. The token is in the fragment, which reaches no server and no log. */
const linkTo = (apiUrl: string, page: string, token: string): string => `${apiUrl}/account/${page}#${token}`;

/**
 * The e-mail that asks whoever has an address whether they have registered with it. Nobody knows yet whose it is: so nothing is in
 * it that a user wrote, not even a name.
 */
export const verificationEmail = (
  apiUrl: string,
  { token, code }: { token: string; code: string },
): EmailContent =>
  rendered('verify-address', {
    subject: 'Verify your e-mail address',
    blocks: [
      { paragraph: ['Hello,'] },
      {
        paragraph: [
          'somebody has registered with Plano with this e-mail address. If it was you, follow this link to verify that the address is yours:',
        ],
      },
      { link: linkTo(apiUrl, 'verify', token) },
      { paragraph: ['Or enter this code: ', { strong: code }] },
      { paragraph: ['Both are good for 24 hours, and only until one of them is used.'] },
      { paragraph: ['If it was not you, do nothing. Plano sends nothing else to this address then.'] },
    ],
  });
