/**
 * Lets Mandrill be away for two hours and come back, with so many e-mails waiting, on the whole stack on this machine, and prints
 * how long they take to be sent and how often Mandrill is asked: `npx node test/bench/drain.ts [count]`. The hours are in the
 * rows; the runs of the retry come each minute, as they do on AWS.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { rowOfClient } from '../../functions/clients/clients.ts';
import type { Run } from '../../functions/jobs/find-due-emails/find-due-emails.ts';
import { savedEmail } from '../../functions/outbox/outbox.ts';
import { countOutbox, UNSENT_SHARDS } from '../../functions/outbox/outbox-index.ts';
import { randomId } from '../../functions/table/ids.ts';
import type { Row } from '../../functions/table/row.ts';
import { putRows } from '../../infra/local/demo.ts';
import { localClient, startDynamoDbLocal } from '../../infra/local/dynamodb.ts';
import { provideJava } from '../../infra/local/java.ts';
import { startLocalStack } from '../../infra/local/stack.ts';
import { synthesised } from '../../infra/local/synthesis.ts';
import { tableOf } from '../../ops/target.ts';
import { anEmail } from '../support/emails.ts';

const COUNT = Number(process.argv[2] ?? 20_000);
const CLIENTS = 500;
const MINUTE_MS = 60_000;
const OUTAGE_MS = 120 * MINUTE_MS;
/** Minutes of the outage that are played; in all others the same happens. */
const PLAYED = 2;
const FINDER = 'plano-orders-dev-find-due-emails';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const folder = mkdtempSync(join(tmpdir(), 'plano-orders-drain-'));
await provideJava();
const dynamoDb = await startDynamoDbLocal();
const stack = await startLocalStack({
  assembly: await synthesised(join(folder, 'cdk.out')),
  database: { endpoint: dynamoDb.endpoint, accessKeyId: 'drain' },
  port: 0,
  folder,
  schedules: false,
});
const { tableName } = stack;
const documents = DynamoDBDocumentClient.from(localClient(stack.database));
const table = tableOf({ documents, tableName });

const clients = Array.from({ length: CLIENTS }, () => randomId());
/** What a request has left that could not send its e-mail so long ago. */
const unsent = (index: number, agoMs: number): Row => {
  const at = new Date(Date.now() - agoMs);
  const email = anEmail({ client_id: clients[index % CLIENTS] ?? 0, created_at: at.toISOString() });
  return {
    ...savedEmail(email, at).put?.Item,
    state: 'unsent',
    due_at: new Date(at.getTime() + MINUTE_MS).toISOString(),
    last_failure: { kind: 'timeout', cause: 'no answer in time', at: at.toISOString() },
  };
};

/** What the runs have said that came to an end, and those that are under way. */
let messages = 0;
let runs: Promise<unknown>[] = [];
const run = async (): Promise<void> => {
  const before = stack.asked();
  const [outcome] = await stack.runSchedules(FINDER);
  if (!outcome?.ok) return say(`  the run failed: ${outcome?.error.errorMessage}`);
  const { due, queued, waiting, away } = outcome.payload as Run;
  messages += queued;
  say(
    `  ${due} due, ${queued} queued, ${waiting} in the queue; Mandrill asked ${stack.asked() - before} times until that was empty`,
  );
  if (away !== undefined) say(`  away: ${away}`);
};
const everyMinute = (): NodeJS.Timeout => {
  runs = [run()];
  return setInterval(() => runs.push(run()), MINUTE_MS);
};

await putRows(
  documents,
  tableName,
  clients.map((client_id) =>
    rowOfClient({ client_id, user_id: randomId(), name: 'Bob', email: `client-${client_id}@example.com` }),
  ),
);

say('Mandrill goes away, with 20 e-mails at hand.');
stack.upsetMandrill('hang');
await putRows(
  documents,
  tableName,
  Array.from({ length: 20 }, (_, index) => unsent(index, 2 * MINUTE_MS)),
);
await run();

say(`${COUNT} e-mails wait after two hours. Mandrill is still away:`);
await putRows(
  documents,
  tableName,
  Array.from({ length: COUNT - 20 }, (_, index) => unsent(index, (OUTAGE_MS * (index + 1)) / COUNT)),
);
const askedBefore = stack.asked();
const outage = everyMinute();
await setTimeout(PLAYED * MINUTE_MS - 1_000);
clearInterval(outage);
await Promise.all(runs);
const whileAway = stack.asked() - askedBefore;

say('Mandrill is back:');
stack.upsetMandrill();
messages = 0;
const [askedAtReturn, returned] = [stack.asked(), performance.now()];
const drain = everyMinute();
for (let left = COUNT; left > 0; ) {
  await setTimeout(1_000);
  const counts = await Promise.all(UNSENT_SHARDS.map((shard) => countOutbox(table, shard)));
  left = counts.reduce((sum, count) => sum + count, 0);
}
const seconds = (performance.now() - returned) / 1_000;
clearInterval(drain);
await Promise.all(runs);

const arrivals = Map.groupBy(stack.messages(), ({ metadata }) => metadata?.email_id);
const twice = [...arrivals.values()].filter(({ length }) => length > 1).length;
const asked = stack.asked() - askedAtReturn;
say(`${arrivals.size} of ${COUNT} e-mails have arrived, ${twice} of them more than once.`);
say(
  `Until the last: ${Math.round(seconds)} s from Mandrill’s return on, ${Math.round(COUNT / seconds)} a second.`,
);
say(`Mandrill was asked ${(whileAway / PLAYED).toFixed(1)} times a minute while it was away,`);
say(
  `and ${(asked / COUNT).toFixed(4)} times for each e-mail after that, by ${(messages / COUNT).toFixed(4)} messages.`,
);

documents.destroy();
await stack.stop();
await dynamoDb.stop();
rmSync(folder, { recursive: true });
