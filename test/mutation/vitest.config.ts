import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { unitTests } from '../support/unit-tests.ts';

/**
 * The unit tests of the one room whose files are mutated, which `main.ts` names. Properties are left out: they take most of the
 * time, and look for what nobody has thought of. What somebody has, examples have to notice.
 */
export default defineConfig({
  root: join(import.meta.dirname, '../..'),
  test: {
    include: unitTests(process.env.MUTATED_ROOM && `test/${process.env.MUTATED_ROOM}`),
    exclude: ['**/*.properties.test.ts'],
    env: { POWERTOOLS_METRICS_NAMESPACE: 'PlanoOrders/test' },
    setupFiles: 'test/mutation/same-values.ts',
    isolate: false,
    // What never ends is ended by Stryker.
    testTimeout: 60_000,
  },
});
