/** The views of the console. Each has an address after the page's `#`, so that a reload and the way back lead where they should. */
export const VIEWS = {
  '#notifications': 'Notifications',
  '#notifications/acknowledged': 'Acknowledged notifications',
  '#deployment': 'Deployment',
  '#emails': 'Parked e-mails',
  '#emails/unsent': 'Unsent e-mails',
  '#emails/sending': 'E-mails being sent',
} as const;
export type View = keyof typeof VIEWS;
