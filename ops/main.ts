import { failureInWords } from './failure.ts';
import { sayWhileWaiting } from './patience.ts';
import { sayFailure } from './print.ts';
import { createProgram, placeOf } from './program.ts';

// Whoever reads has had enough, as `head` has: what a command does goes on, and is not told any more.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
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
