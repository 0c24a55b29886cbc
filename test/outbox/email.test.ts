import { expect, it } from 'vitest';
import { type EmailKind, emailTo, isForStrangers, isSecret, rendered } from '../../functions/outbox/email.ts';

const content = rendered('welcome', {
  subject: 'Welcome',
  blocks: [{ paragraph: ['Hello ', { given: 'Ada <3' }, ','] }],
});
const saving = { newId: () => 8, requestId: 'request-1', now: new Date('2026-11-02T09:30:00.000Z') };

it('A letter is rendered as text and as HTML under one subject', () => {
  expect(content).toMatchObject({ kind: 'welcome', subject: 'Welcome', text: 'Hello Ada <3,\n\nPlano\n' });
  expect(content.html).toContain('Ada &lt;3</span>,</p>');
});

it('An e-mail says whom it is to, when and by which request it came to be, and about which order', () => {
  expect(emailTo({ client_id: 5 }, content, { ...saving, order_id: 7 })).toEqual({
    ...content,
    email_id: 8,
    client_id: 5,
    order_id: 7,
    request_id: 'request-1',
    created_at: '2026-11-02T09:30:00.000Z',
  });
});

it('An e-mail that is about no order does not name one', () => {
  expect(emailTo({ client_id: 5 }, content, saving)).not.toHaveProperty('order_id');
});

it('What verifies an address, resets a password or invites is a secret, and all but the last a stranger can ask for', () => {
  const kinds: EmailKind[] = [
    'verify-address',
    'reset-password',
    'invitation',
    'welcome',
    'password-changed',
  ];
  expect(kinds.filter((kind) => isSecret({ kind }))).toEqual(kinds.slice(0, 3));
  expect(kinds.filter((kind) => isForStrangers({ kind }))).toEqual(kinds.slice(0, 2));
});

it('An e-mail whose text is a secret is saved without one', () => {
  const email = emailTo({ user_id: 5 }, { kind: 'invitation', subject: 'You are invited' }, saving);
  expect(email).toMatchObject({ kind: 'invitation', subject: 'You are invited', user_id: 5 });
  for (const name of ['text', 'html']) expect(email).not.toHaveProperty(name);
});
