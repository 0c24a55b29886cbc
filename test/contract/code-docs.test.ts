import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { codeDocs } from '../../functions/contract/code-docs.ts';
import { project } from '../../infra/project.ts';

/** How faults are made with a code: all of it but what the reading of cursors gives. */
const MADE = [
  /\bfault\(\s*[^,]+?,\s*'([a-z-]+)'/gs,
  /\bone\('([a-z-]+)'/gs,
  /\bwrong\(\s*'([a-z-]+)'/gs,
  /= '([a-z-]+)' satisfies FaultCode/g,
];
const OF_CURSORS = ['malformed', 'other-list'];

const made = globSync('functions/**/*.ts', { cwd: project }).flatMap((file) => {
  const source = readFileSync(join(project, file), 'utf8');
  return MADE.flatMap((pattern) => [...source.matchAll(pattern)].map(([, code = '']) => code));
});

it('Every code that a fault is made with has its sentence, and no other has one', () => {
  expect(Object.keys(codeDocs).sort()).toEqual([...new Set([...made, ...OF_CURSORS])].sort());
});

it.each(Object.entries(codeDocs))('The code %s is explained in a whole sentence', (_, sentence) => {
  expect(sentence).toMatch(/^[A-Z].+\.$/);
});
