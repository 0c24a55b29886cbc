import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const PROCESS = fileURLToPath(new URL('fetch-jdk-process.ts', import.meta.url));
/** The newest with long-term support; DynamoDB Local was tried on it. */
const VERSION = 25;
const LOOK_EVERY_MS = 500;
const TELL_EVERY_BYTES = 10_000_000;

export interface FetchOptions {
  /** The environment of the process that fetches, which goes by its `HTTPS_PROXY`. */
  env: NodeJS.ProcessEnv;
  /** Hears how much has come, every 10 MB. */
  say: (line: string) => void;
  /** How long nothing may come, in milliseconds. */
  patienceMs: number;
  /** Ends it. */
  signal?: AbortSignal | undefined;
}

/** How many bytes the files have that match, those that go meanwhile left out. */
const sizeOf = (pattern: string, folder: string): number =>
  globSync(pattern, { cwd: folder })
    .map((file) => statSync(join(folder, file), { throwIfNoEntry: false })?.size ?? 0)
    .reduce((sum, size) => sum + size, 0);

/**
 * Fetches a JDK into the folder `jre` of an empty folder.
 *
 * @throws Error that says why it could not be fetched, or the signal's
 */
export const fetchJdk = async (
  folder: string,
  { env, say, patienceMs, signal }: FetchOptions,
): Promise<void> => {
  const child = spawn(process.execPath, [PROCESS, `${VERSION}`, folder], {
    env: { ...env, TMPDIR: folder, TMP: folder, TEMP: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
    signal,
  });

  let [size, changedAt, told, patient] = [0, Date.now(), 0, true];
  const look = setInterval(() => {
    const now = sizeOf('**', folder);
    if (now !== size) [size, changedAt] = [now, Date.now()];
    else if (Date.now() - changedAt > patienceMs) patient = !child.kill();
    const fetched = Math.floor(sizeOf('njre/*', folder) / TELL_EVERY_BYTES);
    if (fetched > told) say(`${(fetched * TELL_EVERY_BYTES) / 1e6} MB …`);
    told = Math.max(told, fetched);
  }, LOOK_EVERY_MS);
  try {
    const [complaint, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    if (!patient) throw new Error(`nothing came for ${patienceMs / 1000} s`);
    if (code !== 0) throw new Error(complaint.trim());
  } finally {
    clearInterval(look);
  }
};
