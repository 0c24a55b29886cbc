import { expect, it, vi } from 'vitest';
import { rowOfClient } from '../../../functions/clients/clients.ts';
import { savedEmail } from '../../../functions/outbox/outbox.ts';
import { anEmail } from '../../support/emails.ts';
import { TestStack } from '../../support/local-stack.ts';
import { NOW } from '../../support/sessions.ts';

it('A stack stops while its schedules and queues are at work, and nothing goes on', async () => {
  const api = await TestStack.start({ schedules: true });
  await api.put(rowOfClient({ client_id: 5, user_id: 6, name: 'Bob', email: 'hang@example.com' }));
  await api.put(savedEmail(anEmail({ client_id: 5 }), NOW).put?.Item ?? {});
  const run = api.stack.runSchedules();
  const isQueued = () => api.stack.queued('plano-orders-dev-emails-due').length > 0;
  // It hangs for seconds; the time-out is for what never comes.
  await vi.waitUntil(isQueued, { timeout: 60_000, interval: 10 });
  await api.stop();
  // What was under way has ended, and with it the run.
  expect(await run).toHaveLength(2);
  await expect(fetch(api.stack.control)).rejects.toThrow();
});
