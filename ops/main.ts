import { failureInWords } from './failure.ts';
import { sayWhileWaiting } from './patience.ts';
import { sayFailure } from './print.ts';
import { createProgram, placeOf } from './program.ts';

const stop = sayWhileWaiting();
const program = createProgram();
try {
  await program.parseAsync();
} catch (error) {
  sayFailure(failureInWords(error, placeOf(program)));
  process.exitCode = 1;
} finally {
  stop();
}
