import type { Service } from './define-route.ts';

/** What each service is for, in a sentence. */
export const serviceDocs = {
  auth: 'Users and their sessions: registering, becoming a client, signing in and out.',
  clients: 'Those for whom orders are made, and how they can be reached.',
  orders: 'Orders, their line items and appointments, and what has become of them.',
  operations:
    'For the team and its programs: notifications of what went wrong, e-mails that were not sent, and what is deployed.',
} as const satisfies Record<Service, string>;
