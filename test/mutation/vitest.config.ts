import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { unitTests } from '../support/test-kinds.ts';

const hasProperties = ({ moduleId }: TestSpecification): boolean =>
  readFileSync(moduleId, 'utf8').includes('fast-check');

/** The first test that fails is the last, and an example takes less time than a property. */
class ExamplesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((one, other) => Number(hasProperties(one)) - Number(hasProperties(other)));
  }
}

/**
 * The unit tests of the one room whose files are mutated, which `main.ts` names. Files of properties alone are left out: they take
 * most of the time, and look for what nobody has thought of. What somebody has, examples have to notice.
 */
export default defineConfig({
  root: join(import.meta.dirname, '../..'),
  test: {
    include: unitTests(process.env.MUTATED_ROOM && `test/${process.env.MUTATED_ROOM}`),
    exclude: ['**/*.properties.test.ts'],
    env: { METRICS_NAMESPACE: 'PlanoOrders/test' },
    setupFiles: 'test/mutation/same-values.ts',
    sequence: { sequencer: ExamplesFirst },
    isolate: false,
    // What never ends is ended by Stryker.
    testTimeout: 60_000,
  },
});
