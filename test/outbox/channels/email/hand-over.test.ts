import { expect, it } from 'vitest';
import { handOverWith } from '../../../../functions/outbox/channels/email/hand-over.ts';
import { EMAIL_ENVIRONMENT } from '../../../support/email-environment.ts';
import { farDeadline } from '../../../support/far-deadline.ts';

const handOverIn = (environment: Record<string, string>) =>
  handOverWith({
    environment,
    deadline: farDeadline(),
    secretOf: async () => undefined,
    report: () => undefined,
    waited: () => undefined,
  });

it('E-mails are handed over in an environment as the stacks give it', () => {
  expect(handOverIn({ ...EMAIL_ENVIRONMENT })).toBeTypeOf('function');
});

it.each(Object.keys(EMAIL_ENVIRONMENT))('Handing e-mails over needs the environment to have %s', (name) => {
  expect(() => handOverIn({ ...EMAIL_ENVIRONMENT, [name]: '' })).toThrow(name);
});

it.each([
  ['MANDRILL_URL', 'mandrillapp'],
  ['MANDRILL_PATIENCE_MS', 'long'],
  ['EMAIL_FROM', 'orders'],
])('Handing e-mails over takes no %s that is none', (name, value) => {
  expect(() => handOverIn({ ...EMAIL_ENVIRONMENT, [name]: value })).toThrow(name);
});
