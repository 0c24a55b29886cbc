import { afterAll, beforeAll, expect, it } from 'vitest';
import { startControl } from '../../../infra/local/control.ts';

let control: Awaited<ReturnType<typeof startControl>>;
beforeAll(async () => {
  control = await startControl({
    runSchedules: async () => [],
    deploy: async (folder) => {
      if (folder === 'nowhere') throw new Error('there is no such folder');
    },
  });
});
afterAll(() => control.close());

const deploy = async (order: object) => {
  const body = JSON.stringify(order);
  const response = await fetch(`${control.url}/deployments`, { method: 'POST', body });
  return [response.status, await response.json()];
};

it.each([
  [{ folder: 'here', release: '' }, 400, 'A release needs a name.'],
  [{ folder: 'here', release: 'r'.repeat(501) }, 400, 'A release has a name of 500 characters at most.'],
  [{ folder: 'nowhere', release: 'r1' }, 409, 'there is no such folder'],
])(
  'A deployment that cannot be is refused with the reason, and the stack goes on: %j',
  async (order, status, message) => {
    expect(await deploy(order)).toEqual([status, { message }]);
    expect(await deploy({ folder: 'here', release: 'r2' })).toEqual([200, {}]);
  },
);
