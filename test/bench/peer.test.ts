import { createRequire } from 'node:module';
import { beforeAll, expect, it, vi } from 'vitest';
import type { Answer } from '../../functions/pipeline/exchange.ts';
import { aContext } from '../support/events.ts';
import { Output } from '../support/output.ts';
import { bundle, env, event, invalid, responses } from './peer.mjs';

new Output();

/** The entrant of the benchmark has to go on to answer as the benchmark asks. */
let handler: (event: unknown, context: unknown) => Promise<Answer>;
beforeAll(() => {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const send = async (command: { constructor: { name: string }; input: unknown }) => {
    const asked = JSON.stringify(command.input);
    const found = responses.find(
      ({ op, match = '' }) => asked.includes(match) && operationOf(command.input) === op,
    );
    return found?.output;
  };
  vi.stubGlobal('peerBench', { documentClient: { send } });
  ({ handler } = createRequire(import.meta.url)(bundle));
});

const operationOf = (input: unknown): string => {
  if (typeof input === 'object' && input !== null && 'RequestItems' in input) return 'BatchGetItem';
  return typeof input === 'object' && input !== null && 'TransactItems' in input
    ? 'TransactWriteItems'
    : 'UpdateItem';
};

it('The entrant of the benchmark does the update', async () => {
  const { statusCode, body } = await handler(event, aContext());
  expect(statusCode).toBe(200);
  expect(JSON.parse(body ?? '')).toMatchObject({
    status: 'action-successful',
    data: { order: { status: 'in_progress', line_items: [{ completed_quantity: 1 }, {}, {}, {}, {}] } },
  });
});

it.each(Object.entries(invalid))(
  'The entrant of the benchmark refuses a request for its %s',
  async (_, change) => {
    const { statusCode = 0 } = await handler({ ...event, ...change }, aContext());
    expect(statusCode).toBeGreaterThanOrEqual(400);
    expect(statusCode).toBeLessThan(500);
  },
);
