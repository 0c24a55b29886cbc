import { ANSWER_MS } from '../table/deadline.ts';

class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}

/**
 * Has Middy give up what is not done when the function's time is nearly over, with `OutOfTime`: there is time left then to say so,
 * where Lambda itself would stop the function without a word.
 */
export const IN_TIME = {
  timeoutEarlyInMillis: ANSWER_MS,
  timeoutEarlyResponse: (): never => {
    throw new OutOfTime('the function was about to run out of its time');
  },
};
