import { tellOfFaults } from '../adapters/fault-notifications.ts';
import type { Middleware } from './exchange.ts';

/**
 * Tells the team of a fault of ours that was answered. It runs when the answer is made, and what goes wrong in it is for the
 * log: an answer waits for it no longer than a moment, and never fails for it. A function that has no table tells nobody.
 */
export const tellCrash: Middleware = {
  onError: async ({ context: { exchange } }) => {
    const { route, table, status, params, requestId: request_id, faults, now } = exchange;
    if (route === undefined || table === undefined) return;
    if (status !== 'application-crash' && status !== 'identify-request-error') return;
    const order_id = params?.sound.order_id;
    const place = {
      where: route.path,
      kind: status,
      request_id,
      ...(typeof order_id === 'number' && { order_id }),
    };
    // The last is the one that was answered; those before it did no harm to the answer.
    faults.push(...(await tellOfFaults(table, place, faults.slice(-1), now)));
  },
};
