import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startDynamoDbLocal } from '../../infra/local/dynamodb.ts';
import { provideJava } from '../../infra/local/java.ts';
import { synthesised } from '../../infra/local/synthesis.ts';
import type { Assembly } from '../../infra/local/template.ts';

declare module 'vitest' {
  interface ProvidedContext {
    dynamoDbEndpoint: string;
    assembly: Assembly;
    /** For what stacks write. It is removed at the end. */
    folder: string;
  }
}

/** What all test files share: one DynamoDB Local, in which each has tables of its own, and what was synthesised. */
export default async ({ vitest }: TestProject): Promise<(() => Promise<void>) | undefined> => {
  // Several kinds of tests have this as their set-up, which comes before all tests of any.
  if ('assembly' in vitest.getProvidedContext()) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'plano-orders-test-'));
  await provideJava({ say: (line) => process.stdout.write(`${line}\n`) });
  const [assembly, { endpoint, stop }] = await Promise.all([
    synthesised(join(folder, 'assembly')),
    startDynamoDbLocal(),
  ]);
  vitest.provide('assembly', assembly);
  vitest.provide('folder', folder);
  vitest.provide('dynamoDbEndpoint', endpoint);
  return async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  };
};
