import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { type JavaOptions, NoJavaError, provideJava } from '../../../infra/local/java.ts';

/** A machine without Java: its own folder, its environment, and what it was told. */
let folder: string;
let env: NodeJS.ProcessEnv;
let told: string[];

/** What stands for Adoptium: what it was asked for, and what it has. */
let server: Server;
let asked: string[];
let archive: Buffer;
let checksum: string;
/** Sends the archive, in one piece unless a test wants it otherwise. */
let send: RequestListener;

/** A program that says it is Java of a version. */
const putJava = (file: string, line: string): void => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${line}\n`);
  chmodSync(file, 0o755);
};
const says = (version: string) => `echo 'openjdk version "${version}" 2026-01-20' >&2`;

/** Packs a JDK as Adoptium does, with so many bytes besides. */
const pack = (line: string, padding = 0): void => {
  const jdk = join(folder, 'packed/jdk-25.0.2+10');
  putJava(join(jdk, 'bin/java'), line);
  writeFileSync(join(jdk, 'padding'), randomBytes(padding));
  const file = join(folder, 'packed.tar.gz');
  execFileSync('tar', ['-czf', file, '-C', dirname(jdk), 'jdk-25.0.2+10']);
  archive = readFileSync(file);
  checksum = createHash('sha256').update(archive).digest('hex');
};

/** Has a process ask this server for whatever it asks of others by HTTPS. */
const standingIn = (url: string): string => {
  const code = `import http from 'node:http'; import https from 'node:https';
    https.get = ({ pathname }, options, answer) => http.get(new URL(pathname, '${url}'), options, answer);`;
  return `--import=data:text/javascript,${encodeURIComponent(code)}`;
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'java-'));
  [told, asked] = [[], []];
  pack(says('25.0.2'));
  send = (_request, response) => response.end(archive);
  server = createServer((request, response) => {
    const { url = '' } = request;
    asked.push(url);
    if (url.startsWith('/v3/')) response.writeHead(307, { location: 'https://github.com/jdk.tar.gz' }).end();
    else if (url.endsWith('.sha256.txt')) response.end(`${checksum}  jdk.tar.gz\n`);
    else send(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  env = { PATH: join(folder, 'path'), NODE_OPTIONS: standingIn(`http://127.0.0.1:${port}`) };
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

const kept = () => join(folder, 'local/java');

const provide = (options: JavaOptions = {}) =>
  provideJava({ env, folder: kept(), say: (line) => told.push(line), ...options });

/** What is the first `java` in PATH, as it says itself. */
const java = (): string => {
  const [first = ''] = env.PATH?.split(delimiter) ?? [];
  return execFileSync('/bin/sh', ['-c', '"$0" 2>&1', join(first, 'java')], { encoding: 'utf8' });
};

/** That there is no Java, and that nothing is left of the try. */
const refusal = async (options?: JavaOptions): Promise<string> => {
  const { PATH } = env;
  const error = await provide(options).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(NoJavaError);
  expect(readdirSync(join(folder, 'local'))).toEqual([]);
  expect(env.PATH).toBe(PATH);
  return (error as Error).message;
};

describe('nothing is fetched', () => {
  afterEach(() => expect({ asked, told }).toEqual({ asked: [], told: [] }));

  test.for(['17.0.15', '26-ea'])(
    'Nothing is fetched where java is Java %s, which is left as it is',
    async (version) => {
      putJava(join(folder, 'path/java'), `echo 'Picked up JAVA_TOOL_OPTIONS: -Xmx1g' >&2; ${says(version)}`);
      const { PATH } = env;
      await provide();
      expect(env.PATH).toBe(PATH);
    },
  );

  test.for([
    ['is none', undefined],
    ['is an old one', says('11.0.20')],
  ])('Nothing is fetched where JAVA_HOME has a good Java and in PATH %s', async ([, line]) => {
    if (line) putJava(join(folder, 'path/java'), line);
    env.JAVA_HOME = join(folder, 'home');
    putJava(join(folder, 'home/bin/java'), says('21.0.8'));
    await provide();
    expect(java()).toContain('21.0.8');
  });

  test('Nothing is fetched where an earlier start has fetched a JDK', async () => {
    putJava(join(kept(), 'jdk-25.0.1+8/Contents/Home/bin/java'), says('25.0.1'));
    await provide();
    expect(java()).toContain('25.0.1');
  });
});

describe('a JDK is fetched', () => {
  test.for([
    ['there is none', undefined, 'missing'],
    [
      'java has no compiler',
      `case "$*" in *compiler*) exit 1;; *) echo 'openjdk version "17.0.15" 2025-04-15' >&2;; esac`,
      'Java 17 without its compiler',
    ],
    ['java is Java 11', `echo 'openjdk version "11.0.20" 2023-07-18' >&2`, 'Java 11'],
    ['java is Java 8', `echo 'java version "1.8.0_392"' >&2`, 'Java 8'],
    ['java only says there is none', `echo 'Unable to locate a Java Runtime.' >&2; exit 1`, 'missing'],
  ])('A JDK is fetched where %s', async ([, line, found]) => {
    if (line) putJava(join(folder, 'path/java'), line);
    await provide();
    expect(java()).toContain('25.0.2');
    expect(told[0]).toBe(
      `DynamoDB Local needs Java 17 or newer, and \`java\` is ${found}: fetching one into .local, some 200 MB …`,
    );
    expect(asked[0]).toMatch(/^\/v3\/binary\/latest\/25\/ga\/\w+\/\w+\/jdk\/hotspot\/normal\/eclipse$/);
    expect(readdirSync(join(folder, 'local'))).toEqual(['java']);
  });

  test('A JDK is fetched where that of JAVA_HOME is too old, and one that was fetched does not run', async () => {
    env.JAVA_HOME = join(folder, 'home');
    putJava(join(folder, 'home/bin/java'), says('1.8.0_392'));
    putJava(join(kept(), 'jdk-25.0.1+8/bin/java'), 'exit 1');
    await provide();
    expect(java()).toContain('25.0.2');
  });

  test('A JDK that was fetched is not fetched again', async () => {
    await provide();
    asked = [];
    env.PATH = join(folder, 'path');
    await provide();
    expect(asked).toEqual([]);
    expect(java()).toContain('25.0.2');
  });

  test('A JDK is fetched with its progress told', async () => {
    pack(says('25.0.2'), 12_000_000);
    const heard = Promise.withResolvers<void>();
    send = async (_request, response) => {
      response.write(archive.subarray(0, 11_000_000));
      await heard.promise;
      response.end(archive.subarray(11_000_000));
    };
    await provide({
      say: (line) => {
        told.push(line);
        if (line === '10 MB …') heard.resolve();
      },
    });
    expect(told.slice(1)).toEqual(['10 MB …']);
    expect(java()).toContain('25.0.2');
  });

  test('Of two starts at once that fetch a JDK, that of the first to be done is the one that stays', async () => {
    const [second, firstIsDone] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    send = async (_request, response) => {
      const isSecond = asked.filter((url) => url.endsWith('.tar.gz')).length === 2;
      response.write(archive.subarray(0, 100));
      if (isSecond) second.resolve();
      await (isSecond ? firstIsDone : second).promise;
      response.end(archive.subarray(100));
    };
    const other = { ...env };
    const both = [provide(), provide({ env: other })];
    await Promise.race(both);
    const { ino } = statSync(kept());
    firstIsDone.resolve();
    await Promise.all(both);
    expect(java()).toContain('25.0.2');
    expect(other.PATH).toBe(env.PATH);
    expect(statSync(kept()).ino).toBe(ino);
    expect(readdirSync(join(folder, 'local'))).toEqual(['java']);
  });
});

describe('without Java, and without one to fetch, it is said what to type', () => {
  it('Without Java it is said what to type when nobody answers', async () => {
    server.close();
    expect(await refusal()).toMatch(
      /^DynamoDB Local needs Java 17 or newer, which cannot be fetched: .*ECONNREFUSED.*\nInstall it and try again. On this system: .+$/,
    );
  });

  it('Without Java it is said what to type when the checksum is another', async () => {
    checksum = checksum.replace(/^./, (first) => (first === '0' ? '1' : '0'));
    expect(await refusal()).toContain("File and checksum don't match");
  });

  it('Without Java it is said what to type when the download breaks off', async () => {
    send = (_request, response) => {
      response.setHeader('content-length', archive.length);
      response.write(archive.subarray(0, 100), () => response.destroy());
    };
    expect(await refusal()).toContain('which cannot be fetched: ');
  });

  it('Without Java it is said what to type when the download stands still', async () => {
    send = (_request, response) => void response.write(archive.subarray(0, 100));
    expect(await refusal({ patienceMs: 1 })).toContain('nothing came for 0.001 s');
  });

  it('Without Java it is said what to type when there is no JDK for this system', async () => {
    server.removeAllListeners('request').on('request', (_request, response) => response.writeHead(404).end());
    expect(await refusal()).toContain('No binary found');
  });

  it('Without Java it is said what to type when what was fetched does not run here', async () => {
    pack('exit 1');
    expect(await refusal()).toContain('what was fetched does not run on this system');
  });
});

test('Fetching a JDK ends when it is told to, and leaves nothing', async () => {
  const stop = new AbortController();
  send = (_request, response) => {
    response.write(archive.subarray(0, 100));
    stop.abort();
  };
  const { signal } = stop;
  await expect(provide({ signal, patienceMs: Number.POSITIVE_INFINITY })).rejects.toThrow('aborted');
  expect(readdirSync(join(folder, 'local'))).toEqual([]);
});
