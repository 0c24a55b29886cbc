import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { project } from '../project.ts';
import { kept } from './kept.ts';
import { LOCAL_FOLDER } from './running-stack.ts';
import { type Assembly, readAssembly } from './template.ts';

const SYNTHESISE = fileURLToPath(new URL('synthesise.ts', import.meta.url));

/**
 * What a synthesis is made of, but for what functions have in them of packages, which the synthesis tells. The lock is that of
 * what is installed: of CDK and esbuild, their versions count.
 */
const SOURCES = [
  'functions/**',
  'web/**',
  'infra/**',
  'cdk.json',
  'package.json',
  'tsconfig.json',
  'node_modules/.package-lock.json',
];

/** Why stands above it, in CDK's words. */
export class SynthesisFailedError extends Error {
  override message = 'The stack cannot be synthesised.';
}

interface SynthesisOptions {
  /** Hears when it takes a synthesis, some seconds. */
  onSynthesis?: () => void;
  /** Ends the synthesis. */
  signal?: AbortSignal;
}

const synthesise = async (outdir: string, signal: AbortSignal | undefined): Promise<string[]> => {
  const inputs = join(outdir, 'inputs.json');
  const child = spawn(process.execPath, [SYNTHESISE, outdir, inputs], { stdio: 'inherit', signal });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new SynthesisFailedError();
  return JSON.parse(readFileSync(inputs, 'utf8'));
};

/**
 * Puts the synthesised stacks of stage dev into a folder, of which nothing that was there before is left. They are synthesised
 * when something has changed since they were.
 *
 * @throws SynthesisFailedError
 */
export const synthesised = async (
  outdir: string,
  { onSynthesis = () => {}, signal }: SynthesisOptions = {},
): Promise<Assembly> => {
  const folder = await kept({
    store: join(LOCAL_FOLDER, 'syntheses'),
    root: project,
    sources: SOURCES,
    make: (made) => {
      onSynthesis();
      return synthesise(made, signal);
    },
  });
  rmSync(outdir, { recursive: true, force: true });
  cpSync(folder, outdir, { recursive: true });
  return readAssembly(outdir);
};
