import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
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

/**
 * The code of the function whose `handler.ts` is in that folder of the project, in which `constants` stand for the values
 * that they give, made only when it is built. Its hash is that of what was built, so only a change that reaches the function
 * deploys it again. Calls esbuild itself, since `NodejsFunction` starts npx for each function, which takes ten times as long
 * as the build.
 */
export const bundled = (folder: string, constants: () => Record<string, unknown> = () => ({})): Code =>
  Code.fromAsset(join(project, folder), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry('never used: the local build always succeeds or throws'),
      local: {
        tryBundle: (outdir) => {
          const define = Object.entries(constants()).map(([name, value]) => [name, JSON.stringify(value)]);
          const options = { ...buildOptions(folder), define: Object.fromEntries(define) };
          buildSync({ ...options, outfile: join(outdir, 'index.js') });
          return true;
        },
      },
    },
  });
