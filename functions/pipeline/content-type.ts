import { parse } from 'content-type';
import { Refused } from '../contract/refused.ts';
import type { Middleware } from './exchange.ts';

const JSON_TYPE = 'application/json';
const QUOTED = /"(?:[^"\\]|\\.)*"/g;

/** Whether it has a parameter twice, of which each reader would take the one that it likes. */
const isAmbiguous = (header: string): boolean => {
  const parameters = header.replaceAll(QUOTED, '').split(';').slice(1);
  const names = parameters.map((each) => each.replace(/=.*/s, '').trim().toLowerCase()).filter(Boolean);
  return new Set(names).size < names.length;
};

/** Refuses a body that does not call itself JSON in UTF-8. */
export const contentType: Middleware = {
  before: ({ event }) => {
    const header = event.headers?.['content-type'] ?? '';
    // As nearly all are.
    if (header === JSON_TYPE) return;
    const { type, parameters } = parse(header);
    const charset = parameters.charset?.toLowerCase() ?? 'utf-8';
    if (type !== JSON_TYPE || charset !== 'utf-8' || isAmbiguous(header)) {
      throw new Refused('invalid-content-type');
    }
  },
};
