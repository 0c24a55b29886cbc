// Printed from the definitions of the routes by `npm run client:types`; do not change it by hand.

export interface RouteFacts {
  readonly method: 'GET' | 'POST';
  /** Whether its body is the JSON text in base64. */
  readonly sensitive?: true;
  /** Whether it takes no token. */
  readonly open?: true;
  /** The member of its data that holds the list, where it shows one page by page. */
  readonly list?: string;
}

export const routes = {
  'users/register': { method: 'POST', sensitive: true, open: true },
  'users/verify': { method: 'POST', sensitive: true, open: true },
  'users/send_verification': { method: 'POST' },
  'users/client_register': { method: 'POST' },
  'users/request_password_reset': { method: 'POST', sensitive: true, open: true },
  'users/reset_password': { method: 'POST', sensitive: true, open: true },
  'users/change_password': { method: 'POST', sensitive: true },
  'sessions/create': { method: 'POST', sensitive: true, open: true },
  'sessions/show': { method: 'GET' },
  'sessions/list': { method: 'GET' },
  'sessions/destroy': { method: 'POST' },
  'sessions/destroy_others': { method: 'POST' },
  'clients/show': { method: 'GET' },
  'clients/list': { method: 'GET', list: 'clients' },
  'clients/update': { method: 'POST' },
  'orders/create': { method: 'POST' },
  'orders/show': { method: 'GET' },
  'orders/show_many': { method: 'GET' },
  'orders/list': { method: 'GET', list: 'orders' },
  'orders/update': { method: 'POST' },
  'orders/history': { method: 'GET', list: 'history' },
  'appointments/create': { method: 'POST' },
  'appointments/reschedule': { method: 'POST' },
  'notifications/list': { method: 'GET', list: 'notifications' },
  'notifications/acknowledge': { method: 'POST' },
  'emails/list': { method: 'GET', list: 'emails' },
  'emails/show': { method: 'GET' },
  'emails/resend': { method: 'POST' },
  'emails/discard': { method: 'POST' },
  'deployments/list': { method: 'GET' },
} as const satisfies Record<string, RouteFacts>;

/** What a status says about sending the same request again: not to, with the same key, or after the pause that it says. */
export type Retry = 'never' | 'same-key' | 'after-pause';

export const retryOf = {
  'action-successful': 'never',
  'invalid-content-type': 'never',
  'invalid-encoded-params': 'never',
  'no-params-decoded': 'never',
  'missing-param': 'never',
  'invalid-param': 'never',
  'invalid-token': 'never',
  'session-expired': 'never',
  'client-required': 'never',
  'permission-required': 'never',
  'too-many-attempts': 'after-pause',
  'application-crash': 'same-key',
  'mandrill-email-failed': 'same-key',
  'route-non-existent': 'never',
  'identify-request-error': 'after-pause',
  'service-not-found': 'after-pause',
  'route-not-found': 'after-pause',
} as const satisfies Record<string, Retry>;

/** Every status that a request can end in. */
export type Status = keyof typeof retryOf;
