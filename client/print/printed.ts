import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { project } from '../../infra/project.ts';
import { printMethods } from './methods.ts';
import { namesOfObjects } from './names.ts';
import { printTable } from './table.ts';
import { printTypes } from './types.ts';

const BIOME = join(project, 'node_modules/@biomejs/biome/bin/biome');

/** The text as the project's formatter has it. */
const formatted = (file: string, text: string): string => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [BIOME, 'format', `--stdin-file-path=${file}`],
    { cwd: project, input: text, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`${file} could not be formatted: ${stderr}`);
  return stdout;
};

/** The files of the client that are printed from the definitions, from the project's root, and what they should hold. */
export const printed = async (): Promise<Record<string, string>> => {
  const names = namesOfObjects();
  const texts = {
    'client/src/types.ts': await printTypes(names),
    'client/src/methods.ts': printMethods(names),
    'client/src/table.ts': printTable(),
  };
  return Object.fromEntries(Object.entries(texts).map(([file, text]) => [file, formatted(file, text)]));
};
