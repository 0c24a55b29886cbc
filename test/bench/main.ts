/**
 * Prints one table of what the project costs to run: the size of each function's bundle, what each route asks of DynamoDB, and
 * what its function takes of a CPU; and how much the stack on this machine gets done. `npm run bench`; `-- --only orders/update` for
 * the routes and functions of a name, `-- --rounds 9` for times to rely on, `-- --write` to draw the lines anew that `npm test` holds
 * them to.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startDynamoDbLocal } from '../../infra/local/dynamodb.ts';
import { provideJava } from '../../infra/local/java.ts';
import { synthesised } from '../../infra/local/synthesis.ts';
import { functionOfRoute } from '../../infra/stages.ts';
import { bundleSizes } from './bundles.ts';
import { cases } from './cases.ts';
import { countOf, doAll, MeteredStack } from './counts.ts';
import { writeLines } from './lines.ts';
import { type Measured, tableOf } from './table.ts';
import { throughput } from './throughput.ts';
import { timesOf } from './times.ts';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    rounds: { type: 'string', default: '3' },
    write: { type: 'boolean', default: false },
  },
});
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const print = (line: string): void => void process.stdout.write(`${line}\n`);

const folder = mkdtempSync(join(tmpdir(), 'plano-orders-bench-'));
await provideJava({ say });
const dynamoDb = await startDynamoDbLocal();
const aDatabase = () => ({
  endpoint: dynamoDb.endpoint,
  accessKeyId: randomUUID().replaceAll('-', ''),
});
const assembly = await synthesised(join(folder, 'cdk.out'));

say('Counting what each route asks of DynamoDB');
const stack = await MeteredStack.start(aDatabase(), assembly, folder);
// All of them, since what one leaves behind is in the lists of the next.
const done = await doAll(stack, say);
const counts = Object.fromEntries(done.map((each) => [each.case.name, countOf(each)]));
const bundles = bundleSizes(assembly);

if (options.write) {
  writeLines({ bundles, counts });
  say('The lines are drawn anew: test/bench/lines.json');
} else {
  const chosen = done.filter((each) => each.case.name.includes(options.only));
  const times = await timesOf(stack, chosen, { folder, rounds: Number(options.rounds), say });
  const ofRoutes = cases.map(({ name, route }): [string, Measured] => [
    name,
    { size: bundles[functionOfRoute(route.path)], count: counts[name], times: times.get(name) },
  ]);
  const routes = new Set(cases.map(({ route }) => functionOfRoute(route.path)));
  const others = Object.entries(bundles)
    .filter(([name]) => !routes.has(name))
    .map(([name, size]): [string, Measured] => [name, { size }]);
  print(tableOf(new Map([...ofRoutes, ...others].filter(([name]) => name.includes(options.only)))));
  print(`
Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}. CPU is that of all threads of a process, of this machine and not
of Lambda, with DynamoDB's answers from another process over loopback and without TLS: the median of ${options.rounds} processes, with the
least and the most. What differs by less than these do may be the same. A \`POST\` has an idempotency key, and most of them send an
e-mail, which is counted as well. Units are those of a warm request. What sets or checks a password does a 128th of its work here.`);
  say('Measuring how much the whole stack gets done');
  print(
    `\nThe stack on this machine does ${(await throughput(aDatabase(), assembly, folder)).toFixed(0)} updates a second.`,
  );
}

await stack.stop();
await dynamoDb.stop();
rmSync(folder, { recursive: true });
