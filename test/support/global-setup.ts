import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startDynamoDbLocal } from '../../infra/local/dynamodb.ts';
import { provideJava } from '../../infra/local/java.ts';
import { synthesise } from '../../infra/local/stack.ts';
import type { Assembly } from '../../infra/local/template.ts';

declare module 'vitest' {
  interface ProvidedContext {
    dynamoDbEndpoint: string;
    assembly: Assembly;
  }
}

/** What all test files share: one DynamoDB Local, in which each has tables of its own, and what was synthesised. */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  const folder = mkdtempSync(join(tmpdir(), 'plano-orders-assembly-'));
  project.provide('assembly', synthesise(folder));
  await provideJava({ say: (line) => process.stdout.write(`${line}\n`) });
  const { endpoint, stop } = await startDynamoDbLocal();
  project.provide('dynamoDbEndpoint', endpoint);
  return async () => {
    await stop();
    rmSync(folder, { recursive: true });
  };
};
