import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { testsInProcess, unitTests } from './test/support/test-kinds.ts';

const [unit, inProcess] = [unitTests(), testsInProcess()];
const globalSetup = 'test/support/global-setup.ts';

export default defineConfig({
  test: {
    env: { METRICS_NAMESPACE: 'PlanoOrders/test' },
    setupFiles: 'test/support/as-found.ts',
    // Tests wait a good deal: for DynamoDB Local, processes and browsers. One more worker keeps all cores busy meanwhile.
    maxWorkers: availableParallelism() + 1,
    // A time-out is for what hangs. The longest test takes half a minute of an idle machine, and others are slow or busy.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 60_000 } },
    projects: [
      // Without isolation a worker imports what is tested once for all files, which takes longer than the tests of most.
      { extends: true, test: { name: 'unit', include: unit, isolate: false } },
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['test/**/*.test.ts'],
          exclude: [...unit, ...inProcess],
          isolate: false,
          globalSetup,
        },
      },
      { extends: true, test: { name: 'in-process', include: inProcess, globalSetup } },
    ],
  },
});
