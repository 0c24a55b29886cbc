import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    env: { POWERTOOLS_METRICS_NAMESPACE: 'PlanoOrders/test' },
    // One core is left to the rest otherwise, of two; DynamoDB Local needs less than that.
    maxWorkers: '100%',
    globalSetup: 'test/support/global-setup.ts',
    // A time-out is for what hangs. What a test does takes far less, but several Java processes share a slow machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
