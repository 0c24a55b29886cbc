import type { Exchange, Middleware, PipelineRequest } from '../../functions/pipeline/exchange.ts';
import { aContext, anEvent, type Given } from './events.ts';
import { farDeadline } from './far-deadline.ts';
import { NOW } from './sessions.ts';

/** A request on its way, with what the middlewares before the one under test have found out. */
export const aRequest = (given: Given = {}, found: Partial<Exchange> = {}): PipelineRequest => {
  const exchange: Exchange = {
    route: undefined,
    requestId: 'gateway-request',
    source: '127.0.0.1',
    now: NOW,
    startedAt: 0,
    coldStart: false,
    functionVersion: '1',
    deadline: farDeadline(),
    identified: false,
    identifying: Promise.resolve(),
    missing: undefined,
    tokenFaults: [],
    identity: { kind: 'nobody' },
    use: undefined,
    noting: Promise.resolve(),
    replayed: false,
    emails: { sent: 0, failures: [], milliseconds: 0 },
    signIn: undefined,
    errorCodes: [],
    faults: [],
    table: undefined,
    action: undefined,
    outbox: undefined,
    raw: undefined,
    token: undefined,
    params: undefined,
    status: undefined,
    ...found,
  };
  return {
    event: anEvent(given),
    context: { ...aContext(), exchange },
    response: undefined,
    error: null,
    internal: {},
  };
};

/** Has a middleware judge a request; gives what is known of the request after it, or rejects with its refusal. */
export const judge = async ({ before }: Middleware, request: PipelineRequest): Promise<Exchange> => {
  await before?.(request);
  return request.context.exchange;
};

/** Has a middleware judge a request, as `judge` does, and waits for what makes sure that its route is deployed. */
export const judgeIdentified = async (
  middleware: Middleware,
  request: PipelineRequest,
): Promise<Exchange> => {
  const exchange = await judge(middleware, request);
  await exchange.identifying;
  return exchange;
};
