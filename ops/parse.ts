import { InvalidArgumentError } from 'commander';

/** An id as it is typed. */
export const idOf = (text: string): number => {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('It is a number.');
  return Number(text);
};
