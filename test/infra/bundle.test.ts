import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Route } from '../../functions/contract/define-route.ts';
import { catalogue } from '../../functions/routes/catalogue.ts';
import { buildOptions, HAND_OVER } from '../../infra/constructs/bundle.ts';
import { routeFolder } from '../../infra/constructs/route-function.ts';

const outdir = mkdtempSync(join(tmpdir(), 'bundle-'));
const home = mkdtempSync(join(tmpdir(), 'home-'));
afterAll(() => {
  for (const folder of [outdir, home]) rmSync(folder, { recursive: true });
});

/** From which files of the project and of packages a folder's handler is built, as far as anything of them is in it. */
const filesOf = (folder: string): string[] => {
  const options = { ...buildOptions(folder), outfile: 'index.js', write: false, metafile: true } as const;
  const [built] = Object.values(buildSync(options).metafile.outputs);
  return Object.entries(built?.inputs ?? {})
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([file]) => file);
};

/** Evaluates an expression in a Node process of its own, in which `built` is the bundle and `required` what it has required. */
const evaluate = (expression: string, env: Record<string, string> = {}): unknown => {
  const script = `(async () => {
    const { prototype } = require('node:module');
    const { require: load } = prototype;
    const required = [];
    prototype.require = function (id) { required.push(id); return load.call(this, id); };
    const built = require('./index.js');
    return ${expression};
  })().catch(({ message }) => message).then((value) => console.log(JSON.stringify(value)));`;
  return JSON.parse(execFileSync(process.execPath, ['-e', script], { cwd: outdir, env, encoding: 'utf8' }));
};

describe('a bundle', () => {
  const folder = 'test/infra/fixtures/lazy-email';
  const files = filesOf(folder);
  beforeAll(() => {
    buildSync({ ...buildOptions(folder), outfile: join(outdir, 'index.js') });
    buildSync({ ...buildOptions(), entryPoints: [HAND_OVER.source], outfile: join(outdir, HAND_OVER.file) });
  });

  it('A bundle needs nothing but Node, and what is beside it', () => {
    expect(readdirSync(outdir)).toEqual([HAND_OVER.file, 'index.js']);
    expect(evaluate('built.handler()')).toBe('function');
  });

  it('A bundle does not load what hands e-mails over until there is one', () => {
    expect(evaluate('required')).not.toContain(`./${HAND_OVER.file}`);
    expect(evaluate('built.handler().then(() => required)')).toContain(`./${HAND_OVER.file}`);
  });

  it('A bundle has the AWS SDK in it, but of its sources of credentials only the environment', () => {
    const packages = files.filter((file) => file.startsWith('node_modules/@aws-sdk/'));
    expect(packages.join()).toContain('client-dynamodb');
    expect(packages.join()).not.toMatch(/credential-provider|nested-clients|token-providers/);
    expect(files).toContain('infra/lean-modules/environment-credentials.ts');
  });

  it('What hands e-mails over has Mandrill’s client in it, but not the media types of files that it could send', () => {
    const entryPoints = [HAND_OVER.source];
    const { inputs } = buildSync({
      ...buildOptions(),
      entryPoints,
      outdir,
      write: false,
      metafile: true,
    }).metafile;
    const packages = Object.keys(inputs).filter((file) => file.startsWith('node_modules/'));
    expect(packages.join()).toContain('mailchimp_transactional');
    expect(packages.join()).not.toContain('mime-db');
  });

  it('A bundle has nothing in it by which the AWS SDK reads streams of events, finds endpoints, or looks for files', () => {
    const packages = files.filter((file) => file.startsWith('node_modules/'));
    expect(packages.join()).toContain('@smithy/core');
    expect(packages.join()).not.toMatch(/event-streams|endpoint-cache|mnemonist|shared-ini-file-loader/);
  });

  it('A bundle makes rows DynamoDB’s JSON, and back, by what is its own', () => {
    const ofUpdate = filesOf('functions/routes/orders/orders/update');
    expect(ofUpdate).toContain('infra/lean-modules/attribute-values.ts');
    expect(ofUpdate).toContain('infra/lean-modules/plain-json-codec.ts');
    expect(ofUpdate.join()).not.toMatch(/util-dynamodb|dynamodb-codec/);
  });

  it('A bundle takes what else the AWS SDK can be told from the environment as well, and from no file', () => {
    mkdirSync(join(home, '.aws'));
    writeFileSync(join(home, '.aws/config'), '[default]\nregion = us-east-1\nmax_attempts = 7\n');
    const env = { HOME: home, AWS_REGION: 'eu-west-1' };
    const untold = evaluate('built.settings()', env);
    expect(untold).toEqual({ region: 'eu-west-1', maxAttempts: expect.any(Number) });
    expect(untold).not.toMatchObject({ maxAttempts: 7 });
    const told = evaluate('built.settings()', { ...env, AWS_MAX_ATTEMPTS: '5' });
    expect(told).toMatchObject({ maxAttempts: 5 });
  });

  it('A bundle says when the environment has no region', () => {
    expect(evaluate('built.settings()')).toMatch('Region is missing');
  });

  it('A bundle signs with the credentials of the environment', () => {
    const env = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'key' };
    const credentials = { accessKeyId: 'id', secretAccessKey: 'key' };
    expect(evaluate('built.credentials()', env)).toMatchObject(credentials);
    expect(evaluate('built.credentials()', { ...env, AWS_SESSION_TOKEN: 'token' })).toMatchObject({
      ...credentials,
      sessionToken: 'token',
    });
  });

  it.each(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])(
    'A bundle says when %s is not in the environment',
    (name) => {
      const env = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'key', [name]: '' };
      expect(evaluate('built.credentials()', env)).toMatch(`${name} is not set`);
    },
  );
});

const functionNamed = (name: string) => {
  const found = inject('assembly').functions.find((each) => each.name === `plano-orders-dev-${name}`);
  if (found === undefined) throw new Error(`There is no ${name}.`);
  return found;
};

/** What is deployed as a function's own file. */
const codeOf = (name: string): string => readFileSync(join(functionNamed(name).codePath, 'index.js'), 'utf8');

it('A function that is built with all others is the same as if it was built alone', () => {
  const folder = 'functions/routes/unmatched';
  const { outputFiles } = buildSync({ ...buildOptions(folder), outfile: 'index.js', write: false });
  expect(outputFiles.map(({ text }) => text)).toEqual([codeOf('unmatched')]);
});

describe.each([
  ['orders-update', [HAND_OVER.file, 'index.js']],
  ['alert-team', ['index.js']],
])('%s', (name, files) => {
  const { codePath } = functionNamed(name);

  it(`${name} is deployed with ${files.join(' and ')}, and nothing else`, () => {
    expect(readdirSync(codePath)).toEqual(files);
  });

  it(`${name} is deployed without source maps, and does not look for them`, () => {
    const sources = files.map((file) => readFileSync(join(codePath, file), 'utf8'));
    expect(sources.join()).not.toContain('sourceMappingURL=');
  });
});

it('The function of the reference has its documents in it, and nothing of what they are made with', () => {
  const folder = 'functions/documents/reference';
  const files = filesOf(folder).filter((file) => file.startsWith('functions/'));
  expect(files.filter((file) => /\bdocs\.ts$|openapi|routes/.test(file))).toEqual([]);
  expect(codeOf('reference')).toContain('openapi.json');
});

/** What several routes share stands beside their folders, as the catalogue of all does, which none may need. */
const SHARED = /^functions\/routes\/(?!catalogue)(?:[^/]+\/){0,2}[^/]+\.ts$/;

describe('the bundles of routes', () => {
  let inputs = new Map<string, string[]>();
  beforeAll(() => {
    const options = { outdir, write: false, metafile: true } as const;
    const { outputs } = buildSync({ ...buildOptions(...catalogue.map(routeFolder)), ...options }).metafile;
    inputs = new Map(
      Object.values(outputs).map(({ entryPoint = '', inputs }) => [dirname(entryPoint), Object.keys(inputs)]),
    );
  });
  const filesOfRoute = (route: Route) => inputs.get(routeFolder(route)) ?? [];

  it.each(catalogue)(
    'The bundle of $path has nothing in it of other routes, so that adding one leaves it as it was',
    (route) => {
      const folder = routeFolder(route);
      const ofRoutes = filesOfRoute(route).filter((file) => file.startsWith('functions/routes/'));
      const elsewhere = ofRoutes.filter((file) => !file.startsWith(`${folder}/`) && !SHARED.test(file));
      expect(ofRoutes).not.toEqual([]);
      expect(elsewhere).toEqual([]);
    },
  );

  it.each(catalogue)('The bundle of $path has no client in it that only e-mails need', (route) => {
    const files = filesOfRoute(route).join();
    expect(files).toContain('client-dynamodb');
    expect(files).not.toMatch(/mailchimp_transactional|client-ssm/);
  });

  it.each(catalogue)('The bundle of $path has no prose in it', (route) => {
    expect(filesOfRoute(route)).toContain(`${routeFolder(route)}/handler.ts`);
    expect(filesOfRoute(route).filter((file) => /\bdocs\.ts$/.test(file))).toEqual([]);
  });
});
