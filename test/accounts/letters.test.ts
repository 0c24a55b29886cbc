import { expect, it } from 'vitest';
import { verificationEmail } from '../../functions/accounts/letters.ts';
import { isSecret } from '../../functions/outbox/email.ts';

it('The question whether an address is somebody’s has a link to a page of the API, and a code', () => {
  const email = verificationEmail('https://api.example', { token: 'ver_1_x', code: '012345' });
  expect(email.kind).toBe('verify-address');
  expect(isSecret(email)).toBe(true);
  for (const text of [email.text, email.html]) {
    expect(text).toContain('https://api.example/account/verify#ver_1_x');
    expect(text).toContain('012345');
  }
  expect(email.html).toContain('<a href="https://api.example/account/verify#ver_1_x">');
  expect(email.subject).not.toMatch(/\d/);
});

it('A message about an order is no secret, and one of a kind that only another release knows is none', () => {
  expect(isSecret({ kind: 'order-received' })).toBe(false);
  expect(isSecret({ kind: 'invoice' })).toBe(false);
});
