import { defineConfig } from 'vitest/config';
import { unitTests } from './test/support/unit-tests.ts';

const unit = unitTests();

export default defineConfig({
  test: {
    env: { POWERTOOLS_METRICS_NAMESPACE: 'PlanoOrders/test' },
    // One core is left to the rest otherwise, of two; DynamoDB Local needs less than that.
    maxWorkers: '100%',
    // A time-out is for what hangs. What a test does takes far less, but several Java processes share a slow machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
    projects: [
      // Most of their time goes into importing what they test: a worker does that once for all of them.
      { extends: true, test: { name: 'unit', include: unit, isolate: false } },
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['test/**/*.test.ts'],
          exclude: unit,
          globalSetup: 'test/support/global-setup.ts',
        },
      },
    ],
  },
});
