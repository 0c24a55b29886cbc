import * as z from 'zod/mini';
import { defineRoute } from '../../../../contract/define-route.ts';
import { deployedRoute, deployedService } from '../../../../deployments/deployment-view.ts';
import { findDeployments } from '../../../../deployments/grants.ts';
import { access } from '../../../../table/grants.ts';

export const listDeployments = defineRoute({
  method: 'GET',
  path: 'deployments/list',
  service: 'operations',
  purpose: 'Lists which services and routes are deployed, and which are withdrawn.',
  sensitive: false,
  access: { roles: ['employee'], scope: 'notifications' },
  params: z.strictObject({}),
  data: z.strictObject({ services: z.array(deployedService), routes: z.array(deployedRoute) }),
  table: access(findDeployments),
});
