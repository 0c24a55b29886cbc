import { cpSync, globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, parse, relative } from 'node:path';
import { Stack, Stage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { type BuildOptions, buildSync, type Metafile } from 'esbuild';
import { project } from '../project.ts';
import { buildPage, PAGES } from './page-document.ts';
import { buildReference } from './reference-documents.ts';

/**
 * What hands e-mails to Mandrill, which sources import as `#hand-over` (package.json). It is larger than all the rest of a function,
 * and each cold start would read past it, so it is a file of its own beside the function's, loaded with the first e-mail.
 */
export const HAND_OVER = { source: 'functions/outbox/channels/email/hand-over.ts', file: 'hand-over.js' };

/**
 * The lean build of each folder's `handler.ts`, with everything it imports in one file, `#hand-over` apart. For cold starts (measured,
 * CPU): CommonJS, since an ESM bundle that imports `node:http` loads undici with it (35 ms); modules' ESM sources first, since
 * only those can be shaken (8 %); credentials from the environment alone (7 %). A dynamic import stays lazy. The source map, by which a
 * stack can be read, is no part of it.
 */
export const buildOptions = (...folders: string[]) =>
  ({
    absWorkingDir: project,
    entryPoints: Object.fromEntries(folders.map((folder) => [`${folder}/index`, `${folder}/handler.ts`])),
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    supported: { 'dynamic-import': false },
    mainFields: ['module', 'main'],
    alias: {
      '@aws-sdk/credential-provider-node': './infra/lean-modules/environment-credentials.ts',
      '@aws-sdk/dynamodb-codec': './infra/lean-modules/plain-json-codec.ts',
      '@aws-sdk/endpoint-cache': './infra/lean-modules/no-endpoint-cache.ts',
      '@aws-sdk/util-dynamodb': './infra/lean-modules/attribute-values.ts',
      '@smithy/core/config': './infra/lean-modules/environment-config.js',
      '@smithy/core/event-streams': './infra/lean-modules/no-event-streams.ts',
      'mime-db': './infra/lean-modules/no-media-types.ts',
      '#hand-over': `./${HAND_OVER.file}`,
    },
    external: [`./${HAND_OVER.file}`],
    logLevel: 'warning',
  }) satisfies BuildOptions;

interface Built {
  /** Where the functions are, each in the folder that it has in the project. */
  outdir: string;
  /** Where their source maps are, likewise: apart, since what a function starts with is to be no longer for them. */
  maps: string;
  /** The files from which all of it was built, from the project's root. */
  inputs: string[];
}

/** The functions into which documents are put, so that each is one file and reads nothing. */
const pageFolder = (name: string): string => `functions/documents/${name}`;
const REFERENCE = 'functions/documents/reference';

/** A folder of the project, in which nothing is written: source maps name sources as they are seen from it, on any machine. */
const AS_IF_IN = 'built';

const inputsOf = ({ inputs }: Metafile): string[] => Object.keys(inputs);

/** The folders of those built functions that load what hands e-mails over. */
const senders = ({ outputs }: Metafile): string[] =>
  Object.entries(outputs)
    .filter(([, { imports }]) => imports.some(({ path }) => path === `./${HAND_OVER.file}`))
    .map(([file]) => dirname(relative(AS_IF_IN, file)));

const buildFunctions = (): Built => {
  const temporary = mkdtempSync(join(tmpdir(), 'plano-orders-functions-'));
  process.once('exit', () => rmSync(temporary, { recursive: true, force: true }));
  const [outdir, maps] = [join(temporary, 'functions'), join(temporary, 'maps')];
  const build = (folders: string[], options: BuildOptions): Metafile => {
    const { metafile, outputFiles } = buildSync({
      ...buildOptions(...folders),
      ...options,
      sourcemap: 'external',
      sourcesContent: false,
      outdir: AS_IF_IN,
      write: false,
      metafile: true,
    });
    for (const { path, contents } of outputFiles) {
      const file = join(path.endsWith('.map') ? maps : outdir, relative(join(project, AS_IF_IN), path));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, contents);
    }
    return metafile;
  };
  // Apart from the others, in which a constant makes for longer names though they do not use it.
  const documents = [
    ...PAGES.map((name) => {
      const { page, inputs } = buildPage(name);
      const define = { PAGE_DOCUMENT: JSON.stringify(page) };
      return [...inputs, ...inputsOf(build([pageFolder(name)], { define }))];
    }),
    inputsOf(build([REFERENCE], { define: { REFERENCE_DOCUMENTS: JSON.stringify(buildReference()) } })),
  ];
  const withDocuments = [...PAGES.map(pageFolder), REFERENCE];
  const folders = globSync('functions/**/handler.ts', { cwd: project }).map(dirname);
  const others = build(
    folders.filter((folder) => !withDocuments.includes(folder)),
    {},
  );
  const handOver = build([], { entryPoints: { [parse(HAND_OVER.file).name]: HAND_OVER.source } });
  for (const folder of senders(others)) {
    cpSync(join(outdir, HAND_OVER.file), join(outdir, folder, HAND_OVER.file));
  }
  return { outdir, maps, inputs: [...documents.flat(), ...inputsOf(others), ...inputsOf(handOver)] };
};

let built: Built | undefined;

/**
 * All functions of the project, built once in this process, and at once: esbuild then reads what they share once, and takes
 * a third of the time that it takes for one after the other, for the same bytes.
 */
export const builtFunctions = (): Built => {
  built ??= buildFunctions();
  return built;
};

/**
 * The folder of a cloud assembly with the functions' source maps, each by the function's name after the stage's. That of the file
 * that several have beside theirs is in `shared`, by the file's name.
 */
export const SOURCE_MAPS = 'source-maps';

/**
 * The code of the function whose `handler.ts` is in that folder of the project. Its hash is that of what was built, so only
 * a change that reaches the function deploys it again. Calls esbuild itself: `NodejsFunction` starts npx for each function,
 * which takes ten times as long as the build, and CDK's bundling knows no build of several, and prints a line for each.
 */
export const bundled = (scope: Construct, { folder, name }: { folder: string; name: string }): Code => {
  if (!Stack.of(scope).bundlingRequired) return Code.fromAsset(join(project, folder));
  const { outdir, maps } = builtFunctions();
  const assembly = Stage.of(scope)?.outdir ?? '';
  cpSync(join(maps, folder, 'index.js.map'), join(assembly, SOURCE_MAPS, `${name}.map`));
  cpSync(join(maps, `${HAND_OVER.file}.map`), join(assembly, SOURCE_MAPS, 'shared', `${HAND_OVER.file}.map`));
  return Code.fromAsset(join(outdir, folder));
};
