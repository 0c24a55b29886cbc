import { expect, it } from 'vitest';
import { waitInWords } from '../../../web/kit/wait.ts';

it.each([
  [1, '1 second'],
  [0.2, '1 second'],
  [119, '119 seconds'],
  [120, '2 minutes'],
  [841, '15 minutes'],
  [7_199, '120 minutes'],
  [7_200, '2 hours'],
  [86_000, '24 hours'],
])('A wait of %s seconds is said as %s, which is not too short', (seconds, words) => {
  expect(waitInWords(seconds)).toBe(words);
});
