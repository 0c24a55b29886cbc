import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { releaseOfCheckout } from '../../infra/checkout.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'checkout-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const git = (...words: string[]): string => {
  const author = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...author, ...words], { cwd: folder, encoding: 'utf8' });
};
const release = () => releaseOfCheckout(folder, '1.4.0');
const commit = () => {
  git('init', '--quiet');
  writeFileSync(join(folder, 'handler.ts'), 'one');
  git('add', '.');
  git('commit', '--quiet', '--message', 'First.');
  return git('rev-parse', '--short', 'HEAD').trim();
};

it('A release is called by the version and the commit', () => {
  expect(release()).toBe('1.4.0');
  expect(commit()).toMatch(/^[0-9a-f]{7,}$/);
  expect(release()).toBe(`1.4.0+${git('rev-parse', '--short', 'HEAD').trim()}`);
});

it.each(['handler.ts', 'added.ts'])(
  'A release says so when %s is not as it was committed, or not committed at all',
  (file) => {
    const at = commit();
    writeFileSync(join(folder, file), 'two');
    expect(release()).toBe(`1.4.0+${at}-dirty`);
  },
);

it('A release is called by the version alone before there is a commit', () => {
  git('init', '--quiet');
  expect(release()).toBe('1.4.0');
});
