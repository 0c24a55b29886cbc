/** Prints the size of each route's bundle, and which packages it is made of: `npx node test/bench/bundle.ts`. */
import { build } from 'esbuild';
import { catalogue } from '../../functions/routes/catalogue.ts';
import { buildOptions } from '../../infra/constructs/bundle.ts';
import { routeFolder } from '../../infra/constructs/route-function.ts';

/** Mandrill's client and what only it brings along; it is loaded only when there is an e-mail to send. */
const MANDRILL = '@mailchimp/mailchimp_transactional';

const packageOf = (file: string): string =>
  /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? 'our own code';

const bytesByPackage = async (folder: string, external: string[] = []): Promise<Map<string, number>> => {
  const { metafile } = await build({ ...buildOptions(folder), external, write: false, metafile: true });
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

for (const route of catalogue) {
  const { path } = route;
  const folder = routeFolder(route);
  const whole = await bytesByPackage(folder);
  const apart = await bytesByPackage(folder, [MANDRILL]);
  process.stdout.write(
    `${path}: ${kilobytes(total(whole))}, without Mandrill’s client ${kilobytes(total(apart))}\n`,
  );
  for (const [name, bytes] of [...apart].sort(([, a], [, b]) => b - a).slice(0, 12)) {
    process.stdout.write(`${kilobytes(bytes)}  ${name}\n`);
  }
}
