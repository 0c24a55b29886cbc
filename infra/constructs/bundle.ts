import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Stack } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { type BuildOptions, buildSync } from 'esbuild';

/** The project's root. */
export const project = fileURLToPath(new URL('../../', import.meta.url));

/**
 * The lean build of a folder's `handler.ts`, with everything it imports in one file. For cold starts (measured, CPU):
 * CommonJS, since an ESM bundle that imports `node:http` loads undici with it (35 ms); modules' ESM sources first, since
 * only those can be shaken (8 %); credentials from the environment alone (7 %). A dynamic import stays lazy. No source map:
 * the build is reproducible, so that of a release can be made from its tag when a stack has to be read.
 */
export const buildOptions = (folder: string) =>
  ({
    absWorkingDir: project,
    entryPoints: [`${folder}/handler.ts`],
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    supported: { 'dynamic-import': false },
    mainFields: ['module', 'main'],
    alias: { '@aws-sdk/credential-provider-node': './functions/adapters/environment-credentials.ts' },
    logLevel: 'warning',
  }) satisfies BuildOptions;

let builds: string | undefined;
/** An empty folder, which is there until this process ends. */
const freshFolder = (): string => {
  if (builds === undefined) {
    const folder = mkdtempSync(join(tmpdir(), 'plano-orders-builds-'));
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    builds = folder;
  }
  return mkdtempSync(join(builds, 'build-'));
};

/**
 * The code of the function whose `handler.ts` is in that folder of the project, in which `constants` stand for the values
 * that they give, made only when it is built. Its hash is that of what was built, so only a change that reaches the function
 * deploys it again. It is built here, and not by CDK: `NodejsFunction` starts npx for each function, which takes ten times as long
 * as the build, and CDK says a line for each asset that it has built. As there, context can have an app left unbundled.
 */
export const bundled = (
  scope: Construct,
  folder: string,
  constants: () => Record<string, unknown> = () => ({}),
): Code => {
  if (!Stack.of(scope).bundlingRequired) return Code.fromAsset(join(project, folder));
  const define = Object.entries(constants()).map(([name, value]) => [name, JSON.stringify(value)]);
  const outdir = freshFolder();
  const outfile = join(outdir, 'index.js');
  buildSync({ ...buildOptions(folder), define: Object.fromEntries(define), outfile });
  return Code.fromAsset(outdir);
};
