import { tellOf, tellOfFaults } from '../notifications/fault-notifications.ts';
import type { Middleware, PipelineRequest } from './exchange.ts';

/**
 * Tells the team of a fault of ours that was answered, of rows that cannot be read, and of what is not deployed. It runs when the answer is made, and what
 * goes wrong in it is for the log: an answer waits for it no longer than a moment, and never fails for it. A function that has no
 * table tells nobody.
 */
const tell = async ({ context: { exchange } }: PipelineRequest): Promise<void> => {
  const { route, table, status, params, requestId: request_id, faults, missing, now } = exchange;
  if (route === undefined || table === undefined) return;
  const order_id = params?.sound.order_id;
  const isCrash = status === 'application-crash' || status === 'identify-request-error';
  const place = {
    where: route.path,
    ...(isCrash && { kind: status }),
    request_id,
    ...(typeof order_id === 'number' && { order_id }),
  };
  // The last is the one that was answered; those before it did no harm to the answer.
  const answered = isCrash ? faults.slice(-1) : [];
  faults.push(...(await tellOfFaults(table, place, answered, now)));
  if (missing !== undefined) faults.push(...(await tellOf(table, { ...missing, request_id }, now)));
};

export const tellCrash: Middleware = { after: tell, onError: tell };
