/**
 * Prints the size of each route's bundle, and which packages it is made of, and that of what hands e-mails over, which is a file of
 * its own: `npx node test/bench/bundle.ts`.
 */
import { type BuildOptions, build } from 'esbuild';
import { catalogue } from '../../functions/routes/catalogue.ts';
import { buildOptions, HAND_OVER } from '../../infra/constructs/bundle.ts';
import { routeFolder } from '../../infra/constructs/route-function.ts';

const packageOf = (file: string): string =>
  /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? 'our own code';

const bytesByPackage = async (options: BuildOptions): Promise<Map<string, number>> => {
  const { metafile } = await build({ ...options, outdir: 'built', write: false, metafile: true });
  const bytes = new Map<string, number>();
  for (const { inputs } of Object.values(metafile.outputs)) {
    for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
      const name = packageOf(file);
      bytes.set(name, (bytes.get(name) ?? 0) + bytesInOutput);
    }
  }
  return bytes;
};

const total = (bytes: Map<string, number>): number =>
  [...bytes.values()].reduce((sum, each) => sum + each, 0);
const kilobytes = (bytes: number): string => `${(bytes / 1_000).toFixed(0)} KB`.padStart(8);

const print = async (name: string, options: BuildOptions): Promise<void> => {
  const bytes = await bytesByPackage(options);
  process.stdout.write(`${name}: ${kilobytes(total(bytes))}\n`);
  for (const [each, size] of [...bytes].sort(([, a], [, b]) => b - a).slice(0, 12)) {
    process.stdout.write(`${kilobytes(size)}  ${each}\n`);
  }
};

for (const route of catalogue) await print(route.path, buildOptions(routeFolder(route)));
await print(HAND_OVER.file, { ...buildOptions(), entryPoints: [HAND_OVER.source] });
