import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

const GUARD = fileURLToPath(new URL('dynamodb-guard.ts', import.meta.url));
/** Starting takes about 2 s; a minute is for a machine with a great deal else to do. */
const START_DEADLINE_MS = 60_000;

export interface DynamoDbLocal {
  /** Such as `http://127.0.0.1:40123`. */
  endpoint: string;
  /** Fulfilled once it has ended, whoever ended it. */
  exited: Promise<void>;
  /** Ends it, and resolves when it has. */
  stop(): Promise<void>;
}

/** DynamoDB Local takes any access key of letters and digits and any region, and has a database for each two of them. */
export interface Database {
  /** Such as `http://127.0.0.1:40123`. */
  endpoint: string;
  accessKeyId: string;
}

const REGION = 'local';

/** With what clients of this machine's stand-ins are made, which take any credentials and any region. */
export const localCredentials = (accessKeyId = 'local') => ({
  region: REGION,
  credentials: { accessKeyId, secretAccessKey: 'local' },
});

/** A client of one of the databases of a DynamoDB Local. */
export const localClient = ({ endpoint, accessKeyId }: Database): DynamoDBClient =>
  new DynamoDBClient({ ...localCredentials(accessKeyId), endpoint });

/** The header by which a request gets to a database, whoever has sent it: signatures are not checked. */
export const authorizationFor = ({ accessKeyId }: Database): string =>
  `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20261102/${REGION}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`;

/**
 * Starts Amazon's DynamoDB Local, for this machine alone, and resolves when it answers. It ends with this process, however that
 * ends.
 *
 * @param options.path the folder that keeps its data, made if need be; without one, data is kept in memory.
 */
export const startDynamoDbLocal = async ({ path }: { path?: string } = {}): Promise<DynamoDbLocal> => {
  const folder = path === undefined ? [] : [resolve(path)];
  for (const each of folder) await mkdir(each, { recursive: true });
  const guard = fork(GUARD, folder, {
    // Out of reach of the terminal's Ctrl-C, so that what uses the table can end before it.
    detached: true,
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let complaint = '';
  guard.stderr?.setEncoding('utf8').on('data', (chunk) => {
    complaint = `${complaint}${chunk}`.slice(-10_000);
  });
  const exited = once(guard, 'exit').then(() => undefined);
  const closed = new AbortController();
  guard.once('close', () => closed.abort());
  const stop = () => {
    if (guard.connected) guard.disconnect();
    return exited;
  };

  const deadline = AbortSignal.timeout(START_DEADLINE_MS);
  try {
    const [port] = await once(guard, 'message', { signal: AbortSignal.any([closed.signal, deadline]) });
    return { endpoint: `http://127.0.0.1:${port}`, exited, stop };
  } catch (cause) {
    await stop();
    const why = deadline.aborted ? `no answer in ${START_DEADLINE_MS / 1000} s` : 'it ended';
    throw new Error(`DynamoDB Local did not start: ${[why, complaint.trim()].filter(Boolean).join('\n')}`, {
      cause,
    });
  }
};
