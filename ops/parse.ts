import { InvalidArgumentError } from 'commander';
import type * as z from 'zod/mini';

/** How many, as it is typed. */
export const countOf = (text: string): number => {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It is a number from 1.');
  return Number(text);
};

/** A day, which begins at midnight UTC, or a time, as it is typed; in ISO 8601 UTC. */
export const timeOf = (text: string): string => {
  const time = /^\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?$/.test(text) ? new Date(text) : new Date(Number.NaN);
  if (Number.isNaN(time.getTime())) {
    throw new InvalidArgumentError('It is a day such as 2026-11-26, or a time such as 2026-11-26T09:30:00Z.');
  }
  return time.toISOString();
};

/** Reads a text by the rule of a parameter of the API. */
export const lineOf =
  (rule: z.ZodMiniType<string>) =>
  (text: string): string => {
    const [wrong] = rule.safeParse(text).error?.issues ?? [];
    if (wrong !== undefined) throw new InvalidArgumentError(`It ${wrong.message}.`);
    return text;
  };

/** An id as it is typed. */
export const idOf = (text: string): number => {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('It is a number.');
  return Number(text);
};
