import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, inject, it, vi } from 'vitest';
import { catalogue } from '../../functions/routes/catalogue.ts';
import { type AppOptions, createApp } from '../../infra/app.ts';
import { unbundled } from './unbundled.ts';

/** What a deployment would change: the differences between the templates of two synths. */
vi.setConfig({ testTimeout: 120_000 });

const folder = mkdtempSync(join(tmpdir(), 'differences-'));
afterAll(() => rmSync(folder, { recursive: true }));

type Template = Record<string, Record<string, unknown>>;
const STACKS = ['State', 'Api'];

const templatesIn = (directory: string): Template[] =>
  STACKS.map((stack) => JSON.parse(readFileSync(join(directory, `${stack}.template.json`), 'utf8')));
const synthesised = (name: string, options: AppOptions): Template[] =>
  templatesIn(createApp({ ...options, outdir: join(folder, name) }).synth().directory);

/** The ids of what two templates have differently, in any of their sections. */
const differences = (one: Template, other: Template): string[] =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((section) => {
    const [before = {}, after = {}] = [one[section], other[section]];
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
      (id) => JSON.stringify(before[id]) !== JSON.stringify(after[id]),
    );
  });

it('Two synths of one commit have no differences, code included', () => {
  // The other was synthesised for all tests, in another process.
  const { codePath } = inject('assembly').functions[0] ?? { codePath: '' };
  const one = templatesIn(join(codePath, '..'));
  const other = synthesised('again', { stage: 'dev' });
  expect(one.map((template, index) => differences(template, other[index] ?? {}))).toEqual([[], []]);
});

describe('a route that is added', () => {
  const added = 'orders/update';
  const before = catalogue.filter(({ path }) => path !== added);

  it.each(['dev', 'production'])(
    'A route that is added changes nothing in %s but what is its own',
    (stage) => {
      const [stateBefore = {}, apiBefore = {}] = synthesised(`${stage}-before`, {
        stage,
        context: unbundled,
        routes: before,
      });
      const [stateAfter = {}, apiAfter = {}] = synthesised(`${stage}-after`, { stage, context: unbundled });
      expect(differences(stateBefore, stateAfter)).toEqual([]);
      const changed = differences(apiBefore, apiAfter);
      expect(changed.filter((id) => !/^(DeploymentRecords)?ordersupdate/.test(id))).toEqual([]);
      expect(changed.filter((id) => id in (apiBefore.Resources ?? {}))).toEqual([]);
      expect(changed.length).toBeGreaterThan(7);
    },
  );
});
