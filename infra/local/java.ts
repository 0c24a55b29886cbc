import { execFile } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { type FetchOptions, fetchJdk } from './fetch-jdk.ts';
import { howToInstallJava } from './java-advice.ts';
import { LOCAL_FOLDER } from './running-stack.ts';

/** DynamoDB Local runs on this and on later ones. */
const OLDEST = 17;

/** There is no Java; the message says why, and what to type. Where it was thrown helps nobody. */
export class NoJavaError extends Error {
  override stack = '';
}

/** What an executable has to have besides its version: a few lines of Java keep DynamoDB Local to this machine. */
const WITH_COMPILER = ['--add-modules', 'jdk.compiler'];

/** The major version of an executable that takes those options; 0 when it is no Java, or does not take them. */
const versionOf = async (
  java: string,
  env: NodeJS.ProcessEnv,
  options: readonly string[] = WITH_COMPILER,
): Promise<number> => {
  const { promise, resolve } = Promise.withResolvers<string>();
  execFile(java, [...options, '-version'], { env }, (_error, _stdout, stderr) => resolve(stderr));
  // Java calls its version 8 "1.8"; macOS has a `java` that only says that there is none.
  return Number(/version "(?:1\.)?(\d+)/.exec(await promise)?.[1] ?? 0);
};

/** What the first `java` of a PATH is that is not good enough. */
const whatIsThere = async (env: NodeJS.ProcessEnv): Promise<string> => {
  const version = await versionOf('java', env, []);
  if (version === 0) return 'missing';
  return `Java ${version}${version < OLDEST ? '' : ' without its compiler'}`;
};

const firstGood = async (candidates: string[], env: NodeJS.ProcessEnv): Promise<string | undefined> => {
  for (const java of candidates) if ((await versionOf(java, env)) >= OLDEST) return java;
  return undefined;
};

/** Wherever in a folder they are: a JDK for macOS has it deeper than others. */
const javaIn = (folder: string): string[] =>
  globSync('**/bin/java{,.exe}', { cwd: folder }).map((file) => join(folder, file));

/** Fetches a Java into a folder, unless another process has put one there meanwhile. */
const fetchInto = async (folder: string, options: FetchOptions): Promise<void> => {
  mkdirSync(dirname(folder), { recursive: true });
  const making = mkdtempSync(`${folder}-`);
  try {
    await fetchJdk(making, options);
    const isGood = async (place: string) => (await firstGood(javaIn(place), options.env)) !== undefined;
    if (!(await isGood(making))) throw new Error('what was fetched does not run on this system');
    if (await isGood(folder)) return;
    rmSync(folder, { recursive: true, force: true });
    renameSync(join(making, 'jre'), folder);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
};

export interface JavaOptions extends Partial<FetchOptions> {
  /** Where one that was fetched is kept. */
  folder?: string;
}

/**
 * Sees to it that the first `java` in the environment's PATH is one that DynamoDB Local runs on: the one that is there, that of
 * JAVA_HOME, the one that was fetched before, or one that is fetched now.
 *
 * @throws NoJavaError when there is none and none can be fetched
 */
export const provideJava = async ({
  env = process.env,
  folder = join(LOCAL_FOLDER, 'java'),
  say = () => {},
  patienceMs = 20_000,
  signal,
}: JavaOptions = {}): Promise<void> => {
  if ((await versionOf('java', env)) >= OLDEST) return;
  const ofJavaHome = env.JAVA_HOME ? [join(env.JAVA_HOME, 'bin', 'java')] : [];
  const elsewhere = () => firstGood([...ofJavaHome, ...javaIn(folder)], env);

  let java = await elsewhere();
  if (java === undefined) {
    const need = `DynamoDB Local needs Java ${OLDEST} or newer`;
    say(`${need}, and \`java\` is ${await whatIsThere(env)}: fetching one into .local, some 200 MB …`);
    await fetchInto(folder, { env, say, patienceMs, signal }).catch(({ message }: Error) => {
      signal?.throwIfAborted();
      throw new NoJavaError(
        `${need}, which cannot be fetched: ${message}\nInstall it and try again. On this system: ${howToInstallJava()}`,
      );
    });
    java = await elsewhere();
  }
  if (java !== undefined) env.PATH = [dirname(java), env.PATH].join(delimiter);
};
