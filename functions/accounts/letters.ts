import type { Block } from '../outbox/channels/email/letter.ts';
import { type EmailContent, type EmailHead, rendered } from '../outbox/email.ts';
import type { Purpose, Secrets } from './proofs.ts';

/** Where the pages for people are, below the address of the API. The token is in the fragment, which reaches no server and no log. */
const linkTo = (apiUrl: string, page: string, token: string): string => `${apiUrl}/account/${page}#${token}`;

/** The e-mails that carry a proof, as they are saved: what else they say is made when they are sent. */
export const PROOF_EMAILS = {
  verification: { kind: 'verify-address', subject: 'Verify your e-mail address' },
  reset: { kind: 'reset-password', subject: 'Set another password' },
  invitation: { kind: 'invitation', subject: 'You are invited to work with Plano' },
} as const satisfies Record<Purpose, EmailHead>;

const proofEmail = (purpose: Purpose, blocks: Block[]): EmailContent => {
  const { kind, subject } = PROOF_EMAILS[purpose];
  return rendered(kind, { subject, blocks });
};

/**
 * The e-mail that asks whoever has an address whether they have registered with it. Nobody knows yet whose it is: so nothing is in
 * it that a user wrote, not even a name.
 */
export const verificationEmail = (apiUrl: string, { token, code = '' }: Secrets): EmailContent =>
  proofEmail('verification', [
    { paragraph: ['Hello,'] },
    {
      paragraph: [
        'somebody has registered with Plano with this e-mail address. If it was you, follow this link to verify that the address is yours:',
      ],
    },
    { link: linkTo(apiUrl, 'verify', token) },
    { paragraph: ['Or enter this code: ', { strong: code }] },
    { paragraph: ['Both are good for 24 hours, and only until one of them is used.'] },
    { paragraph: ['If it was not you, do nothing. Plano sends no news of orders to this address then.'] },
  ]);

/** The e-mail by which a user sets another password. It goes to an address that may be nobody's, and has no word of its user's either. */
export const resetEmail = (apiUrl: string, { token }: Secrets): EmailContent =>
  proofEmail('reset', [
    { paragraph: ['Hello,'] },
    {
      paragraph: [
        'somebody has asked to set another password for the account with this e-mail address. If it was you, follow this link:',
      ],
    },
    { link: linkTo(apiUrl, 'reset', token) },
    { paragraph: ['It is good for one hour, and once. All sessions end then.'] },
    { paragraph: ['If it was not you, do nothing: your password stays as it is.'] },
  ]);

/** The e-mail by which somebody sets a password, and with it becomes an employee. */
export const invitationEmail = (apiUrl: string, { token }: Secrets): EmailContent =>
  proofEmail('invitation', [
    { paragraph: ['Hello,'] },
    {
      paragraph: [
        'you are invited to work with Plano as an employee, with this e-mail address. Follow this link to set your password:',
      ],
    },
    { link: linkTo(apiUrl, 'reset', token) },
    {
      paragraph: [
        'It is good for 72 hours, and once. If there is an account with this address already, its password ends then, and so do all sessions.',
      ],
    },
    { paragraph: ['If you know nothing of it, do nothing.'] },
  ]);

/** What to do if it was not you. */
const mend = (apiUrl: string): Block[] => [
  { paragraph: ['If it was not you, set another password at once; all sessions end then:'] },
  { link: `${apiUrl}/account/forgot` },
];

/** The time as people read it: `Friday, 20 November 2026 at 09:30 UTC`. */
const inWords = (time: Date): string =>
  `${new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short', timeZone: 'UTC' }).format(time)} UTC`;

/** The e-mail that says that somebody has signed in from where the user had not, or as the first after the password was reset. */
export const signInEmail = (apiUrl: string, at: Date): EmailContent =>
  rendered('sign-in', {
    subject: 'Somebody has signed in to your account',
    blocks: [
      { paragraph: ['Hello,'] },
      {
        paragraph: [
          'somebody has signed in to your account from an address of the network that is new since the last months, or since your password was reset: on ',
          { strong: inWords(at) },
          '. If it was you, nothing needs to be done.',
        ],
      },
      ...mend(apiUrl),
    ],
  });

/** The e-mail that says that the password is another one. */
export const passwordChangedEmail = (apiUrl: string, at: Date): EmailContent =>
  rendered('password-changed', {
    subject: 'Your password was changed',
    blocks: [
      { paragraph: ['Hello,'] },
      {
        paragraph: [
          'the password of your account was changed on ',
          { strong: inWords(at) },
          '. Everybody who was signed in elsewhere was signed out.',
        ],
      },
      ...mend(apiUrl),
    ],
  });
