import { findDeployments } from '../../../../deployments/deployment-state.ts';
import { pipeline } from '../../../../pipeline/pipeline.ts';
import { listDeployments } from './list.ts';
import { listDeployments as route } from './route.ts';

export const handler = pipeline(route, ({ table }) =>
  listDeployments({ findDeployments: () => findDeployments(table) }),
);
