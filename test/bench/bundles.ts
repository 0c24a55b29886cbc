import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Assembly } from '../../infra/local/template.ts';

/** The size of a function's code, in thousands of bytes. */
export interface BundleSize {
  /** Of what it loads when it starts. */
  start: number;
  /** Of all that is deployed with it. */
  all: number;
}

/** The bundle of each function, by the function's name without the stage's. */
export const bundleSizes = ({ functions }: Pick<Assembly, 'functions'>): Record<string, BundleSize> =>
  Object.fromEntries(
    functions.map(({ name, codePath }) => {
      const files = readdirSync(codePath, { recursive: true }) as string[];
      const bytes = files.map((file) => statSync(join(codePath, file))).filter((stat) => stat.isFile());
      const all = bytes.reduce((sum, { size }) => sum + size, 0) / 1_000;
      const start = statSync(join(codePath, 'index.js')).size / 1_000;
      return [name.replace('plano-orders-dev-', ''), { start, all }];
    }),
  );
