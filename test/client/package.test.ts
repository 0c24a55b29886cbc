import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { project } from '../../infra/project.ts';

/** A project of a stranger, which has installed what `npm pack` gives, and nothing else. */
const folder = mkdtempSync(join(tmpdir(), 'plano-orders-client-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const npm = (cwd: string, ...args: string[]): string =>
  execFileSync('npm', [...args, '--offline', '--no-audit', '--no-fund'], { cwd, encoding: 'utf8' });

let packed: { filename: string; files: { path: string }[]; size: number };
beforeAll(() => {
  const { scripts } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
  // The words of `npm run client`, but for where it goes.
  const [, ...words] = String(scripts.client)
    .replace(/ client$/, ` ${folder}`)
    .split(' ');
  [packed] = JSON.parse(npm(project, ...words, '--silent', '--json'));
  writeFileSync(join(folder, 'package.json'), '{ "name": "stranger", "private": true, "type": "module" }');
  npm(folder, 'install', `./${packed.filename}`);
});

const write = (file: string, text: string): string => {
  writeFileSync(join(folder, file), text);
  return file;
};

describe('the package', () => {
  it('The package of the client has the code, its types and its README, and nothing else', () => {
    const kinds = new Set(packed.files.map(({ path }) => path.replace(/^dist\/[\w-]+(?=\.)/, 'dist/*')));
    expect([...kinds].sort()).toEqual(['README.md', 'dist/*.d.ts', 'dist/*.js', 'package.json']);
    const { dependencies } = JSON.parse(readFileSync(join(project, 'client/package.json'), 'utf8'));
    expect(dependencies).toBeUndefined();
  });

  it('The package of the client works in Node', () => {
    const file = write(
      'in-node.js',
      `import { createClient, NoAnswerError } from '@plano/orders-client';
       const fetch = async (url) => new Response('{"status":"action-successful","message":"","request_id":"1","data":' + JSON.stringify({ url }) + '}');
       const { data } = await createClient({ baseUrl: 'https://api.example', fetch }).orders.show({ order_id: 7 });
       const error = await createClient({ baseUrl: 'http://127.0.0.1:1', retries: 0 }).orders.list().catch((e) => e);
       console.log(data.url, error instanceof NoAnswerError);`,
    );
    const said = execFileSync(process.execPath, [file], { cwd: folder, encoding: 'utf8' });
    expect(said.trim()).toBe('https://api.example/api/v1/orders/show?order_id=7 true');
  });

  it('The package of the client is less than 8 KB in a browser, compressed, and asks for nothing of Node', () => {
    const file = write(
      'in-browser.js',
      `import * as plano from '@plano/orders-client'; globalThis.plano = plano;`,
    );
    const { outputFiles } = buildSync({
      absWorkingDir: folder,
      entryPoints: [file],
      bundle: true,
      minify: true,
      platform: 'browser',
      format: 'iife',
      target: ['chrome123', 'edge123', 'firefox121', 'safari17.5'],
      write: false,
    });
    const [{ text } = { text: '' }] = outputFiles;
    const size = brotliCompressSync(text).length;
    expect(size).toBeGreaterThan(1_000);
    expect(size).toBeLessThan(8_000);
    expect(text).not.toMatch(/\b(?:require|process|Buffer)\b/);
    expect(text).not.toContain('node:');
  });

  it('The package of the client has types that a stranger’s strict project takes, with the types of a browser alone', () => {
    write(
      'stranger.ts',
      `import { createClient, type Order, PlanoError } from '@plano/orders-client';
       const client = createClient({ baseUrl: '' });
       export const first = async (): Promise<Order | undefined> => (await client.orders.list({ limit: 1 })).data.orders[0];
       // @ts-expect-error a misspelt parameter is one too many
       export const misspelt = () => client.orders.list({ limt: 1 });
       export const said = (error: unknown) => error instanceof PlanoError && error.status === 'missing-param' ? error.errors : [];`,
    );
    const options = {
      strict: true,
      noEmit: true,
      module: 'nodenext',
      target: 'es2022',
      lib: ['es2022', 'dom'],
      types: [],
    };
    write('tsconfig.json', JSON.stringify({ compilerOptions: options, files: ['stranger.ts'] }));
    const tsc = join(project, 'node_modules/typescript/bin/tsc');
    expect(() =>
      execFileSync(process.execPath, [tsc, '-p', '.'], { cwd: folder, stdio: 'pipe' }),
    ).not.toThrow();
  });
});
