import { failureInWords } from './failure.ts';
import { sayWhileWaiting } from './patience.ts';
import { sayFailure } from './print.ts';
import { createProgram } from './program.ts';

const stop = sayWhileWaiting();
try {
  await createProgram().parseAsync();
} catch (error) {
  sayFailure(failureInWords(error));
  process.exitCode = 1;
} finally {
  stop();
}
