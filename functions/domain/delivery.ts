/**
 * Why Mandrill did not take an e-mail. `cause` tells apart what has to be repaired apart (a reject reason, an error's
 * name); it never holds an address. A permanent failure would fail again at every retry.
 */
export interface DeliveryFailure {
  kind:
    | 'rejected'
    | 'invalid'
    | 'invalid-key'
    | 'payment-required'
    | 'mandrill-error'
    | 'timeout'
    | 'unreachable'
    | 'unintelligible'
    | 'no-recipient'
    | 'our-side';
  cause: string;
  permanent: boolean;
}

/** What became of a try to send an e-mail. */
export type Delivery = { sent: true; mandrill_id: string } | { sent: false; failure: DeliveryFailure };

/** How long an e-mail that failed for the first time waits for its next try. */
export const FIRST_RETRY_PAUSE_MS = 60 * 1_000;
