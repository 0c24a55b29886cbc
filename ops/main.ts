import { failureInWords } from './failure.ts';
import { sayWhileWaiting } from './patience.ts';
import { createProgram } from './program.ts';

const stop = sayWhileWaiting();
try {
  await createProgram().parseAsync();
} catch (error) {
  process.stderr.write(`${failureInWords(error)}\n`);
  process.exitCode = 1;
} finally {
  stop();
}
