import { expect, it } from 'vitest';
import { aDatabase, TestStack } from '../../support/local-stack.ts';

it('A stack that has rested goes on as if it had just started, on another database', async () => {
  const api = await TestStack.start({ alone: true });
  try {
    const { stack } = api;
    const order = api.freshOrder();
    const appointment = { appt_id: order.appt_id, cancel_reason: 'Rain' };
    expect((await api.update(order, { appointment }, api.tokens.employee)).http).toBe(200);
    expect(stack.messages()).toHaveLength(1);
    stack.upsetMandrill('html');
    const writes = () => stack.access.made(['dynamodb:PutItem']);
    const updates = 'plano-orders-dev-orders-update dynamodb:PutItem';
    expect(writes()).toHaveProperty([updates]);

    const again = await (await stack.rest())(aDatabase());
    expect(again.messages()).toEqual([]);
    expect(again.asked()).toBe(0);
    expect(writes()).not.toHaveProperty([updates]);
    const [there, here] = [stack, again].map(({ demo }) => demo.tokens.employee);
    const statusOf = async (token = '') => {
      const headers = { authorization: `Bearer ${token}` };
      const answer = await fetch(`${again.url}/api/v1/sessions/show`, { headers });
      return answer.status;
    };
    expect(await statusOf(there)).toBe(401);
    expect(await statusOf(here)).toBe(200);
  } finally {
    await api.stop();
  }
});
