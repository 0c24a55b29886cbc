import type { Database } from '../../infra/local/dynamodb.ts';
import type { Assembly } from '../../infra/local/template.ts';
import { TestStack } from '../support/local-stack.ts';

/** As many orders are changed at once, each one change after the other. */
const LANES = 8;
const [WARMING_MS, COUNTED_MS] = [2_000, 5_000];

/** How many updates a second the whole stack does on this machine, over HTTP, DynamoDB Local included. */
export const throughput = async (database: Database, assembly: Assembly, within: string): Promise<number> => {
  const api = await TestStack.start({ database, assembly, within, isDescribed: false });
  let done = 0;
  const startedAt = performance.now();
  const end = startedAt + WARMING_MS + COUNTED_MS;
  const lane = async (): Promise<void> => {
    const order = { ...api.freshOrder() };
    for (let number = 0; performance.now() < end; number += 1) {
      const { data } = await api.update(order, { notes: `Please use the side gate, number ${number}.` });
      if (data === undefined) throw new Error('an update failed');
      order.updated_at = data.order.updated_at;
      if (performance.now() > startedAt + WARMING_MS) done += 1;
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  await api.stop();
  return done / (COUNTED_MS / 1_000);
};
