import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { catalogue } from '../../functions/routes/catalogue.ts';
import { buildOptions } from '../../infra/constructs/bundle.ts';
import { routeFolder } from '../../infra/constructs/route-function.ts';
import type { Assembly } from '../../infra/local/template.ts';
import { project } from '../../infra/project.ts';
import { resourceName, stageNamed } from '../../infra/stages.ts';

/** What a release changes of the code, file by file: text that is there now, and what stands in its place. */
export type Patch = Record<string, readonly (readonly [now: string, then: string])[]>;

/** Folders by the names of the functions in them. */
const FOLDERS = new Map(
  [
    ...catalogue.map((route) => [route.path.replaceAll('/', '-'), routeFolder(route)] as const),
    ['find-due-emails', 'functions/jobs/find-due-emails'] as const,
    ['send-due-emails', 'functions/jobs/send-due-emails'] as const,
    ['alert-team', 'functions/jobs/alert-team'] as const,
  ].map(([name, folder]) => [resourceName(stageNamed('dev'), name), folder]),
);

const patched = (patch: Patch, used: Set<string>): Plugin => ({
  name: 'later-release',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const file = path.slice(project.length);
      const changes = patch[file];
      if (changes === undefined) return undefined;
      let contents = readFileSync(path, 'utf8');
      for (const [now, then] of changes) {
        if (!contents.includes(now)) throw new Error(`${file} has no more: ${now}`);
        contents = contents.replace(now, then);
      }
      used.add(file);
      return { contents, loader: 'ts' };
    }),
});

/**
 * A later release of the functions, which a patch makes of this one, in the place of those of an assembly.
 *
 * @param folder where their code is put
 * @throws Error if the patch does not fit the code any more
 */
export const laterRelease = async (assembly: Assembly, patch: Patch, folder: string): Promise<Assembly> => {
  const used = new Set<string>();
  await build({
    ...buildOptions(...FOLDERS.values()),
    outdir: folder,
    plugins: [patched(patch, used)],
  });
  const unused = Object.keys(patch).filter((file) => !used.has(file));
  if (unused.length > 0) throw new Error(`no function has ${unused.join(', ')}`);
  const functions = assembly.functions.map((description) => {
    const source = FOLDERS.get(description.name);
    if (source === undefined) return description;
    const codePath = join(folder, source);
    // What stands beside it, which hands e-mails over, is as it is in this release.
    cpSync(description.codePath, codePath, { recursive: true, force: false });
    return { ...description, codePath };
  });
  return { ...assembly, functions };
};
