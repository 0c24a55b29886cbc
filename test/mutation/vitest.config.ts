import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { unitTests } from '../support/unit-tests.ts';

/** The unit tests of the one room whose files are mutated, which `main.ts` names. */
export default defineConfig({
  root: join(import.meta.dirname, '../..'),
  test: {
    include: unitTests(process.env.MUTATED_ROOM && `test/${process.env.MUTATED_ROOM}`),
    env: { POWERTOOLS_METRICS_NAMESPACE: 'PlanoOrders/test' },
    isolate: false,
  },
});
