// One instance of a function, timed: `node timed.mjs <bundle> <event.json> <warming> <counted>` answers an event once cold, then again
// and again for so many milliseconds of CPU to get warm, and for so many that count. It reports on descriptor 3, and imports as little
// as it can.
import { readFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setImmediate as turn } from 'node:timers/promises';

const [bundle, eventFile, warming, counted] = process.argv.slice(2);
const text = readFileSync(eventFile, 'utf8');
const context = () => {
  const deadline = Date.now() + 10_000;
  return {
    awsRequestId: '8f0c3c1e-7f2b-4d53-a4f0-3f4f7f3c2b1a',
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: '1',
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
};
/** Of all threads, in microseconds. */
const cpu = () => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

const { handler } = createRequire(import.meta.url)(bundle);
const { body } = await handler(JSON.parse(text), context());
const cold = cpu() / 1_000;
const { status } = JSON.parse(body);

const AT_ONCE = 50;
let others = 0;
/** Microseconds of a request. */
const answer = async (milliseconds) => {
  let [spent, answered] = [0, 0];
  while (spent < milliseconds * 1_000) {
    // Parsed before, since some of a handler may write into its event.
    const events = Array.from({ length: AT_ONCE }, () => JSON.parse(text));
    const before = cpu();
    for (const event of events) {
      const again = await handler(event, context());
      if (JSON.parse(again.body).status !== status) others += 1;
      await turn();
    }
    spent += cpu() - before;
    answered += AT_ONCE;
  }
  return spent / answered;
};
await answer(Number(warming));
const warm = await answer(Number(counted));
writeSync(3, JSON.stringify({ cold, warm, others, status }));
process.exit();
