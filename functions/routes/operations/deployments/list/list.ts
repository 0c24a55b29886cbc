import type { Deployments, RouteRecord, ServiceRecord } from '../../../../deployments/deployment-state.ts';
import type { Action } from '../../../../pipeline/action.ts';
import type { listDeployments as route } from './route.ts';

/** What listing what is deployed needs of the world. */
export interface Dependencies {
  findDeployments(): Promise<Deployments>;
}

const viewOf = ({ name, release, deployed_at, withdrawn_at }: ServiceRecord | RouteRecord) => ({
  name,
  state: withdrawn_at === undefined ? ('deployed' as const) : ('withdrawn' as const),
  release,
  deployed_at,
  withdrawn_at: withdrawn_at ?? null,
});

/** Lists the services and routes of which there are records. */
export const listDeployments = ({ findDeployments }: Dependencies): Action<typeof route> => ({
  run: async ({ params }) => {
    params.complete();
    const { services, routes } = await findDeployments();
    const shown = routes.map((record) => ({
      ...viewOf(record),
      service: record.service,
      method: record.method,
      purpose: record.purpose,
      version: record.version ?? null,
    }));
    return { data: { services: services.map(viewOf), routes: shown } };
  },
});
