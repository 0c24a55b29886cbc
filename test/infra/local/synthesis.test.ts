import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { synthesised } from '../../../infra/local/synthesis.ts';
import type { Assembly } from '../../../infra/local/template.ts';

const folder = mkdtempSync(join(tmpdir(), 'synthesis-'));
afterAll(() => rmSync(folder, { recursive: true }));

const onSynthesis = vi.fn();
let assembly: Assembly;
beforeAll(async () => {
  writeFileSync(join(folder, 'left-over'), '');
  assembly = await synthesised(folder, { onSynthesis });
});

/** The functions with what their code is, wherever it is. */
const functionsOf = ({ functions }: Assembly) =>
  functions.map(({ codePath, ...rest }) => ({ ...rest, code: basename(codePath) }));

test('What was synthesised for all tests is not synthesised again, but everybody has their own', () => {
  expect(onSynthesis).not.toHaveBeenCalled();
  expect(functionsOf(assembly)).toEqual(functionsOf(inject('assembly')));
  for (const { codePath } of assembly.functions) expect(codePath.startsWith(folder)).toBe(true);
});

test('A synthesis leaves nothing of what was in its folder before', () => {
  expect(() => readFileSync(join(folder, 'left-over'))).toThrow('ENOENT');
});

test('A synthesis knows what functions and console have of packages, so that an edited one makes for a new one', () => {
  const { others } = JSON.parse(readFileSync(join(folder, 'made-of.json'), 'utf8'));
  expect(others).toContain('node_modules/@middy/core/index.js');
  expect(others).toContainEqual(expect.stringMatching(/^node_modules\/preact\/.*\.m?js$/));
});
