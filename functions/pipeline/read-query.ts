import type { Middleware } from './exchange.ts';

/** Takes the parameters of a `GET` from the query string. */
export const readQuery: Middleware = {
  before: ({ event, context: { exchange } }) => {
    exchange.raw = { ...event.queryStringParameters };
  },
};
