import { tellOfFaults } from '../adapters/fault-notifications.ts';
import type { Exchange, Middleware, PipelineRequest } from './exchange.ts';

/** The fault of ours that was answered: the last; those before it did no harm to the answer. */
const answeredFault = ({ status, faults }: Exchange): unknown[] =>
  status === 'application-crash' || status === 'identify-request-error' ? faults.slice(-1) : [];

/**
 * Tells the team of a fault of ours that was answered, and of rows that cannot be read. It runs when the answer is made, and what
 * goes wrong in it is for the log: an answer waits for it no longer than a moment, and never fails for it. A function that has no
 * table tells nobody.
 */
const tell = async ({ context: { exchange } }: PipelineRequest): Promise<void> => {
  const { route, table, status, params, requestId: request_id, faults, now } = exchange;
  if (route === undefined || table === undefined) return;
  const order_id = params?.sound.order_id;
  const place = {
    where: route.path,
    ...(status === 'identify-request-error' && { kind: status }),
    request_id,
    ...(typeof order_id === 'number' && { order_id }),
  };
  faults.push(...(await tellOfFaults(table, place, answeredFault(exchange), now)));
};

export const tellCrash: Middleware = { after: tell, onError: tell };
