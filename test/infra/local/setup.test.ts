import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import real from '../../../package.json' with { type: 'json' };

const SETUP = fileURLToPath(new URL('../../../infra/local/setup.mjs', import.meta.url));

/** A clone of a project with this one's scripts, whose pinned Node is a folder of its own and runs the Node of this test. */
let clone: string;

const put = async (path: string, content: string | object) => {
  const file = join(clone, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};

const putPackages = async (version: string) => {
  const project = {
    name: 'clone',
    version: '1.0.0',
    dependencies: { node: 'file:pinned' },
    devDependencies: { checker: 'file:checker' },
  };
  const pinned = { name: 'node', version, bin: { node: 'bin/node' } };
  const checker = { name: 'checker', version: '1.0.0' };
  await put('package.json', { ...project, type: 'module', scripts: real.scripts });
  await put('pinned/package.json', pinned);
  await put('checker/package.json', checker);
  await put('package-lock.json', {
    name: 'clone',
    lockfileVersion: 3,
    requires: true,
    packages: {
      '': project,
      'node_modules/node': { resolved: 'pinned', link: true },
      pinned,
      'node_modules/checker': { resolved: 'checker', link: true, dev: true },
      checker: { ...checker, dev: true },
    },
  });
};

beforeEach(async () => {
  clone = await mkdtemp(join(tmpdir(), 'clone-'));
  await cp(SETUP, await put('infra/local/setup.mjs', ''));
  await putPackages('24.0.0');
  await chmod(await put('pinned/bin/node', `#!/bin/sh\nPINNED=yes exec "${process.execPath}" "$@"`), 0o755);
  await put(
    'ops/main.ts',
    `const { PINNED, EXIT } = process.env;
     console.log(JSON.stringify({ PINNED, args: process.argv.slice(2) }));
     process.exitCode = Number(EXIT ?? 0);`,
  );
});

afterEach(() => rm(clone, { recursive: true }));

/** The environment of somebody's shell: nothing of the npm that runs this test. */
const shell = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')));

const start = (command: string, args: string[], env: NodeJS.ProcessEnv = {}) =>
  spawn(command, args, { cwd: clone, env: { ...shell, ...env }, stdio: 'pipe', detached: true });

const outcome = async (child: ReturnType<typeof start>) => {
  const [stdout, stderr, [code, signal]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { stdout, stderr, code, signal };
};

const npm = (...args: string[]) => outcome(start('npm', ['--silent', ...args]));

const ranOps = (...args: string[]) => `${JSON.stringify({ PINNED: 'yes', args })}\n`;

describe('installing', () => {
  test('A package that is missing is installed once, then nothing but the script is heard', async () => {
    const first = await npm('run', 'ops');
    expect(first).toMatchObject({ code: 0, stdout: expect.stringContaining(ranOps()) });
    expect(first.stderr).toContain('Installing packages …');
    const installed = await readFile(join(clone, 'node_modules/.package-lock.json'), 'utf8');
    expect(installed).toContain('24.0.0');
    await put('node_modules/left-alone', '');
    expect(await npm('run', 'ops')).toEqual({ stdout: ranOps(), stderr: '', code: 0, signal: null });
    expect(await readFile(join(clone, 'node_modules/left-alone'), 'utf8')).toBe('');
  });

  test('A package that has changed is installed again', async () => {
    await npm('run', 'ops');
    await putPackages('24.0.1');
    expect(await npm('run', 'ops')).toMatchObject({ code: 0 });
    const installed = await readFile(join(clone, 'node_modules/.package-lock.json'), 'utf8');
    expect(installed).toContain('24.0.1');
  });

  test('A package that only checks is installed when something is checked, and stays', async () => {
    const checks = 'node_modules/vitest/vitest.mjs';
    await npm('run', 'ops');
    expect(existsSync(join(clone, 'node_modules/checker'))).toBe(false);
    await npm('test');
    expect(existsSync(join(clone, 'node_modules/checker'))).toBe(true);
    await put(checks, 'console.log("checked")');
    for (const script of ['test', 'ops']) {
      const { stdout, stderr } = await npm('run', script);
      expect({ stdout, stderr }).toEqual({ stdout: script === 'test' ? 'checked\n' : ranOps(), stderr: '' });
    }
    expect(existsSync(join(clone, 'node_modules/checker'))).toBe(true);
  });

  test('A package that npm cannot install ends the start with its complaint and code', async () => {
    await put('package-lock.json', { name: 'clone', lockfileVersion: 3, packages: {} });
    const { code, stderr } = await outcome(start('npm', ['run', 'ops']));
    expect(code).toBe(1);
    expect(stderr).toContain('npm ci');
  });

  test('Packages that were installed without their Node end the start with what to type', async () => {
    await npm('run', 'ops');
    await rm(join(clone, 'node_modules/.bin/node'));
    const { code, stderr } = await npm('run', 'ops');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^npm ran no install scripts.*`npm rebuild node --ignore-scripts=false`.*\n$/);
  });
});

describe('the script', () => {
  test('A script that is run gets the arguments as they are, and gives its code', async () => {
    await npm('run', 'ops');
    const args = ['--keep', 'routes', 'withdraw', 'a b', '', '--', '*'];
    const child = start('npm', ['--silent', 'run', 'ops', '--', ...args], { EXIT: '3' });
    expect(await outcome(child)).toEqual({ stdout: ranOps(...args), stderr: '', code: 3, signal: null });
  });
});

test('An old Node is refused', async () => {
  const old = 'data:text/javascript,Object.defineProperty(process,"versions",{value:{node:"18.20.8"}})';
  const args = ['--import', old, 'infra/local/setup.mjs', 'ops/main.ts'];
  expect(await outcome(start(process.execPath, args))).toEqual({
    stdout: '',
    stderr: 'Node 18.20.8 is too old: install Node 20 or newer (https://nodejs.org) and try again.\n',
    code: 1,
    signal: null,
  });
});

describe('a signal', () => {
  /** A script that says the id of setup.mjs, then each SIGINT; on SIGTERM, all that it got, and ends with code 7. */
  const LISTENER = `const got = [];
    process.on('SIGINT', () => { got.push('SIGINT'); console.log('SIGINT'); });
    process.on('SIGTERM', () => { console.log(JSON.stringify(got)); process.exit(7); });
    setInterval(() => {}, 1e6);
    console.log(process.ppid);`;

  let child: ChildProcess;
  let nextLine: () => Promise<string>;
  let setupId: number;

  beforeEach(async () => {
    await npm('run', 'ops');
    await put('ops/main.ts', LISTENER);
    const started = start('npm', ['--silent', 'run', 'ops']);
    const lines = createInterface(started.stdout)[Symbol.asyncIterator]();
    nextLine = async () => String((await lines.next()).value);
    child = started;
    setupId = Number(await nextLine());
  });

  afterEach(() => {
    // What a failed test leaves running; after one that passed there is nothing to end.
    try {
      process.kill(setupId);
    } catch {}
  });

  test('A signal from the terminal, to the whole group, reaches the script exactly once', async () => {
    const ended = once(child, 'exit');
    process.kill(-(child.pid as number), 'SIGINT');
    expect(await nextLine()).toBe('SIGINT');
    process.kill(setupId, 'SIGINT');
    process.kill(setupId, 'SIGTERM');
    expect(await nextLine()).toBe('["SIGINT"]');
    expect(await ended).toEqual([7, null]);
  });

  test('A signal to npm alone reaches the script', async () => {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await nextLine()).toBe('[]');
    expect(await ended).toEqual([7, null]);
  });
});

test('A script that ends by a signal is reported so', async () => {
  await npm('run', 'ops');
  await put('ops/main.ts', 'process.kill(process.pid, "SIGTERM"); setInterval(() => {}, 1e6);');
  const ended = await outcome(start(process.execPath, ['infra/local/setup.mjs', 'ops/main.ts']));
  expect(ended).toEqual({ stdout: '', stderr: '', code: null, signal: 'SIGTERM' });
});
