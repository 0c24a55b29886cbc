import { TableUnavailable } from './retry.ts';

/** Thrown to start again: what was read has changed before what depends on it could be written. */
export class ChangedMeanwhile extends Error {
  override readonly name = 'ChangedMeanwhile';
}

/** So often something is tried that few others change at the same time: each time, one of them got through. */
export const MOST_TRIES = 20;

/**
 * Does what depends on something as it was read, and again when that has changed meanwhile.
 *
 * @param most how often it is tried; so many others at the same time leave nothing to one that is that unlucky
 * @param attempt reads and writes; told whether to read anew, it throws `ChangedMeanwhile` to start again
 * @param Changed what it throws in the place of that, where one such attempt is a part of another: each starts again for its own alone
 * @throws {TableUnavailable} when it has changed each time
 */
export const untilUnchanged = async <T>(
  most: number,
  attempt: (anew: boolean) => Promise<T>,
  Changed: new () => Error = ChangedMeanwhile,
): Promise<T> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt(tries > 1);
    } catch (error) {
      if (!(error instanceof Changed)) throw error;
      if (tries === most) throw new TableUnavailable(tries, error);
    }
  }
};
