// Runs one of this project's scripts on a machine as it is: `node infra/local/setup.mjs [--dev] <script> [args…]`.
// It checks Node, installs the packages where they are missing or others, with --dev also those that only check and test
// need, and hands over to the Node that package.json pins. It starts before anything is installed and under any Node, so it is plain JavaScript, imports nothing but Node's
// own modules, and uses no syntax younger than Node 12.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 20;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];

const root = fileURLToPath(new URL('../..', import.meta.url));
const pinnedNode = join(root, 'node_modules/.bin/node');

const given = process.argv.slice(2);
const dev = given[0] === '--dev';
const script = dev ? given.slice(1) : given;

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
    ([path, { version, optional, dev: onlyChecks }]) =>
      path === '' ||
      (path in installed ? installed[path].version === version : optional || (onlyChecks && !dev)),
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
  process.stderr.write('Installing packages …\n');
  // npm put node_modules/.bin first in PATH; this npm must not run under the very Node that it is about to replace.
  const bin = join(root, 'node_modules/.bin');
  const path = process.env.PATH.split(delimiter).filter((folder) => folder !== bin);
  const env = { ...process.env, PATH: path.join(delimiter) };
  // Its warnings are about packages that need a newer Node than npm's own; they get it, from the pinned one.
  const which = dev ? '--include=dev' : '--omit=dev';
  run('npm', ['ci', which, '--no-audit', '--no-fund', '--loglevel=error'], env, next);
};

const handOver = () => {
  if (!existsSync(pinnedNode)) {
    refuse(
      'npm ran no install scripts, so node_modules/.bin/node is missing: type `npm rebuild node --ignore-scripts=false` and try again.',
    );
  }
  run(pinnedNode, script, process.env, () => {});
};

checkNode();
if (isInstalled()) handOver();
else install(handOver);
