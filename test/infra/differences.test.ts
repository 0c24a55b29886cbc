import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { catalogue } from '../../functions/routes/catalogue.ts';
import { type AppOptions, createApp } from '../../infra/app.ts';
import { appOf } from './app-with.ts';
import { STACKS, type StackId } from './template.ts';
import { unbundled } from './unbundled.ts';

const folder = mkdtempSync(join(tmpdir(), 'differences-'));
afterAll(() => rmSync(folder, { recursive: true }));

type Template = Record<string, Record<string, unknown>>;
type Templates = Record<StackId, Template>;

const templatesIn = (directory: string): Templates =>
  Object.fromEntries(
    STACKS.map((stack) => [
      stack,
      JSON.parse(readFileSync(join(directory, `${stack}.template.json`), 'utf8')),
    ]),
  ) as Templates;
const synthesised = (name: string, options: AppOptions): Templates =>
  templatesIn(createApp({ ...options, outdir: join(folder, name), isJudged: false }).synth().directory);

/** A resource as a deployment compares it: after which others it would be made is no change of it. */
const compared = (value: unknown): string =>
  JSON.stringify(value, (key, inner) => (key === 'DependsOn' ? undefined : inner));

/** The ids of what two templates have differently, in any of their sections. */
const differences = (one: Template, other: Template): string[] =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((section) => {
    const [before = {}, after = {}] = [one[section], other[section]];
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
      (id) => compared(before[id]) !== compared(after[id]),
    );
  });

it('Two synths of one commit have no differences, code included', () => {
  // The other was synthesised for all tests, in another process.
  const { codePath } = inject('assembly').functions[0] ?? { codePath: '' };
  const one = templatesIn(join(codePath, '..'));
  const other = synthesised('again', { stage: 'dev' });
  for (const stack of STACKS) expect(differences(one[stack], other[stack])).toEqual([]);
});

describe('a route that is added', () => {
  const added = 'orders/update';
  const others = catalogue.filter(({ path }) => path !== added);

  it.each(['dev', 'production'] as const)(
    'A route that is added changes nothing in %s but what is its own, and what adds up its service',
    (stage) => {
      const before = synthesised(`${stage}-before`, { stage, context: unbundled, routes: others });
      const after = templatesIn(appOf(stage).synth().directory);
      for (const stack of STACKS.filter((each) => each !== 'Orders')) {
        expect(differences(before[stack], after[stack])).toEqual([]);
      }
      const changed = differences(before.Orders, after.Orders);
      const [own, shared] = [true, false].map((isOwn) =>
        changed.filter((id) => /^(DeploymentRecords)?ordersupdate/.test(id) === isOwn),
      );
      // What the release is made of, and the alarm that adds up the errors of each function; dev has none.
      expect(shared?.map((id) => /^[a-z]+0Alarm([a-z]+)/.exec(id)?.[1] ?? id).toSorted()).toEqual(
        stage === 'dev' ? ['Release'] : ['Release', 'functionerrors'],
      );
      expect(own?.filter((id) => id in (before.Orders.Resources ?? {}))).toEqual([]);
      expect(own?.length).toBeGreaterThan(7);
    },
  );
});
