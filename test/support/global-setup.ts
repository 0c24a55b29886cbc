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
  }
}

/** What all test files share: one DynamoDB Local, in which each has tables of its own, and what was synthesised. */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  const folder = mkdtempSync(join(tmpdir(), 'plano-orders-assembly-'));
  await provideJava({ say: (line) => process.stdout.write(`${line}\n`) });
  const [assembly, { endpoint, stop }] = await Promise.all([synthesised(folder), startDynamoDbLocal()]);
  project.provide('assembly', assembly);
  project.provide('dynamoDbEndpoint', endpoint);
  return async () => {
    await stop();
    rmSync(folder, { recursive: true });
  };
};
