import { describeRoute } from '../../../../contract/describe-route.ts';
import { listDeployments } from './route.ts';

const DEPLOYED = {
  state: 'deployed' as const,
  release: '0.3.0',
  deployed_at: '2037-11-20T07:00:00.000Z',
  withdrawn_at: null,
};

export const listDeploymentsDocs = describeRoute(listDeployments, {
  purpose: [
    'Lists which services and routes are deployed, since when and of which release, and which of them an operator has withdrawn. A request to one that is withdrawn gets `service-not-found` or `route-not-found`.',
  ],
  params: {},
  request: {},
  answer: {
    services: [{ name: 'orders', ...DEPLOYED }],
    routes: [
      {
        name: 'orders/list',
        ...DEPLOYED,
        state: 'withdrawn',
        withdrawn_at: '2037-11-23T09:45:00.000Z',
        service: 'orders',
        method: 'GET',
        purpose: 'Lists orders, the newest change first.',
        version: '12',
      },
    ],
  },
  refusals: [
    {
      status: 'permission-required',
      when: 'The user is no employee.',
    },
  ],
});
