import { parse } from 'content-type';
import { Refused } from '../contract/refused.ts';
import type { Middleware } from './exchange.ts';

/** Refuses a body that does not call itself JSON in UTF-8. */
export const contentType: Middleware = {
  before: ({ event }) => {
    const { type, parameters } = parse(event.headers?.['content-type'] ?? '');
    const charset = parameters.charset?.toLowerCase() ?? 'utf-8';
    if (type !== 'application/json' || charset !== 'utf-8') throw new Refused('invalid-content-type');
  },
};
