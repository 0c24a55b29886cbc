import type { EmailEnvironmentText } from '../../functions/outbox/environment.ts';

/** What a function that sends e-mail finds in its environment besides. */
export const EMAIL_ENVIRONMENT: EmailEnvironmentText = {
  MANDRILL_KEY_PARAMETER: 'mandrill-key',
  MANDRILL_URL: 'https://mandrillapp.com/api/1.0',
  EMAIL_FROM: 'orders@example.com',
  EMAIL_FROM_NAME: 'Plano',
  MANDRILL_PATIENCE_MS: '5000',
};
