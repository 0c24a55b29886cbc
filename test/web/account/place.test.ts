import { expect, it } from 'vitest';
import {
  invitationEmail,
  passwordChangedEmail,
  resetEmail,
  signInEmail,
  verificationEmail,
} from '../../../functions/accounts/letters.ts';
import { REGISTRATION_PAGE } from '../../../functions/contract/statuses.ts';
import { ACCOUNT_PATHS } from '../../../functions/documents/account/paths.ts';
import { codeIn, given, nextPathOf, placeOf } from '../../../web/account/place.ts';

const NOW = new Date('2026-11-26T09:00:00.000Z');

it('A place has the page of its path, and the token behind its #', () => {
  const link = new URL('https://orders.example.com/account/verify#ver_1_abc-_');
  expect(placeOf(link)).toEqual({ path: '/account/verify', token: 'ver_1_abc-_' });
  expect(placeOf(new URL('https://orders.example.com/account'))).toEqual({ path: '/account', token: '' });
  expect(placeOf(new URL('https://orders.example.com/account/other')).path).toBe('/account');
});

it('Every link of an e-mail, and the page of client-required, is one of the account’s pages', () => {
  const emails = [
    verificationEmail('', { token: 't', code: '1' }),
    resetEmail('', { token: 't' }),
    invitationEmail('', { token: 't' }),
    signInEmail('', NOW),
    passwordChangedEmail('', NOW),
  ];
  const links = emails.flatMap(({ text }) => text.match(/\/account\S*/g) ?? []);
  expect(links).toHaveLength(5);
  for (const path of [...links.map((link) => link.replace(/#.*/, '')), REGISTRATION_PAGE])
    expect(ACCOUNT_PATHS).toContain(path);
});

it('Whoever has no role goes on by becoming a client, and all others to their account', () => {
  expect(nextPathOf({ roles: [] })).toBe(REGISTRATION_PAGE);
  expect(nextPathOf({ roles: ['employee'] })).toBe('/account');
});

it('A code may be typed or pasted in groups', () => {
  expect([' 123 456\n', '123-456', '12345x'].map(codeIn)).toEqual(['123456', '123456', '12345x']);
});

it('A field that is left empty is no parameter', () => {
  expect(given({ phone: '', company_name: ' ', address: 'Elm Road 1' })).toEqual({ address: 'Elm Road 1' });
});
