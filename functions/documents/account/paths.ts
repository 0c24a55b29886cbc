/** Where the pages of one's account are: one document, which shows the page of its address. Answers and e-mails lead to some. */
export const ACCOUNT_PATHS = [
  '/account',
  '/account/register',
  '/account/verify',
  '/account/client',
  '/account/forgot',
  '/account/reset',
  '/account/password',
] as const;
export type AccountPath = (typeof ACCOUNT_PATHS)[number];
