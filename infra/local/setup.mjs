// Runs one of this project's scripts on a machine as it is: `node infra/local/setup.mjs <script> [args…]`.
// It checks what npm cannot install, installs the rest, and hands over to the Node that package.json pins. It starts
// before anything is installed and under any Node, so it is plain JavaScript, imports nothing but Node's own modules,
// and uses no syntax younger than Node 12.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 20;
const OLDEST_JAVA = 17;
/** The scripts that start DynamoDB Local. */
const NEEDING_JAVA = ['infra/local/main.ts', 'node_modules/vitest/vitest.mjs'];
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];

const root = fileURLToPath(new URL('../..', import.meta.url));
const pinnedNode = join(root, 'node_modules/.bin/node');

const refuse = (line) => {
  process.stderr.write(`${line}\n`);
  process.exit(1);
};

const checkNode = () => {
  const { node } = process.versions;
  if (parseInt(node, 10) < OLDEST_NODE) {
    refuse(
      `Node ${node} is too old: install Node ${OLDEST_NODE} or newer (https://nodejs.org) and try again.`,
    );
  }
};

const javaSays = (...options) => {
  // Java writes its version to stderr, and calls version 8 "1.8"; macOS has a `java` that only says there is none.
  const { stderr } = spawnSync('java', [...options, '-version'], { encoding: 'utf8' });
  const version = /version "(?:1\.)?(\d+)/.exec(stderr || '');
  return version === null ? undefined : Number(version[1]);
};

const checkJava = () => {
  // Its compiler has to be there for the few lines of Java that keep DynamoDB Local to this machine.
  if (javaSays('--add-modules', 'jdk.compiler') >= OLDEST_JAVA) return;
  const version = javaSays();
  const found =
    version === undefined
      ? 'missing'
      : `Java ${version}${version < OLDEST_JAVA ? '' : ' without its compiler'}`;
  refuse(
    `DynamoDB Local needs Java ${OLDEST_JAVA} or newer, and \`java\` is ${found}. ` +
      'Debian, Ubuntu: sudo apt-get install openjdk-17-jre-headless; macOS: brew install openjdk@17; ' +
      'others: https://adoptium.net (a JDK)',
  );
};

const packagesIn = (lockFile) => JSON.parse(readFileSync(lockFile, 'utf8')).packages;

/**
 * Whether what npm last installed is what package-lock.json asks for. The two locks are compared by what they say, since
 * their times say little: a checkout or a copy of the folder touches them.
 */
const isInstalled = () => {
  const installedLock = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installedLock)) return false;
  const installed = packagesIn(installedLock);
  return Object.entries(packagesIn(join(root, 'package-lock.json'))).every(
    ([path, { version, optional }]) =>
      path === '' || (path in installed ? installed[path].version === version : optional),
  );
};

/**
 * Runs a command, then `next`; ends as the command did when it fails. The command gets a process group of its own: on
 * Ctrl-C the terminal signals every process of the group and npm signals its script once more, yet the command must
 * hear of it exactly once, as it does when only npm or this process is signalled.
 */
const run = (command, args, env, next) => {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', detached: true, env });
  const passedOn = new Set();
  const passOn = (signal) => {
    if (passedOn.has(signal)) return;
    passedOn.add(signal);
    child.kill(signal);
  };
  for (const signal of SIGNALS) process.on(signal, passOn);
  child.on('error', (error) => refuse(`${command} cannot be run: ${error.message}`));
  child.on('exit', (code, signal) => {
    for (const each of SIGNALS) process.removeListener(each, passOn);
    if (signal !== null) process.kill(process.pid, signal);
    else if (code !== 0) process.exit(code);
    else next();
  });
};

const install = (next) => {
  // npm put node_modules/.bin first in PATH; this npm must not run under the very Node that it is about to replace.
  const bin = join(root, 'node_modules/.bin');
  const path = process.env.PATH.split(delimiter).filter((folder) => folder !== bin);
  const env = { ...process.env, PATH: path.join(delimiter) };
  // Its warnings are about packages that need a newer Node than npm's own; they get it, from the pinned one.
  run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], env, next);
};

const handOver = () => {
  if (!existsSync(pinnedNode)) {
    refuse(
      'npm ran no install scripts, so node_modules/.bin/node is missing: type `npm rebuild node --ignore-scripts=false` and try again.',
    );
  }
  run(pinnedNode, process.argv.slice(2), process.env, () => {});
};

checkNode();
if (NEEDING_JAVA.includes(process.argv[2])) checkJava();
if (isInstalled()) handOver();
else install(handOver);
