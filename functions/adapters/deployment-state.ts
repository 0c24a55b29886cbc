import * as z from 'zod/mini';
import type { Route } from '../contract/define-route.ts';
import { partitions } from '../contract/table-partitions.ts';
import type { Key, Row, Table } from './table.ts';

/** What every record says. Names are any text: other releases may have written them, which had other services. */
const record = {
  name: z.string(),
  release: z.string(),
  deployed_at: z.string(),
  /** When an operator withdrew it by hand; while it is set, it counts as not deployed. */
  withdrawn_at: z.optional(z.string()),
};

/** What says that a service is deployed. */
export const serviceRecordSchema = z.object(record);
/** What says that a route is deployed, and what it is; its name is its path. */
export const routeRecordSchema = z.object({
  ...record,
  service: z.string(),
  method: z.enum(['GET', 'POST']),
  path: z.string(),
  purpose: z.string(),
  sensitive: z.boolean(),
  /** That of the function which answers; its log names it with each request. Releases before 0.2 have recorded none. */
  version: z.optional(z.string()),
});
export type ServiceRecord = z.infer<typeof serviceRecordSchema>;
export type RouteRecord = z.infer<typeof routeRecordSchema>;

/** What a record is about. */
export type Kind = 'service' | 'route';

/** All deployment records are in one partition: they are few, and each warm function reads two of them in 30 seconds. */
export const deploymentKey = (kind: Kind, name: string): Key => ({
  pk: partitions.deployments,
  sk: `${kind.toUpperCase()}#${name}`,
});

/** What the records say of all services and routes, by name. */
export interface Deployments {
  services: ServiceRecord[];
  routes: RouteRecord[];
}

/** What rows of the deployment partition say. */
export const deploymentsOf = (rows: readonly Row[]): Deployments => {
  const ofKind = (kind: Kind) => rows.filter(({ sk }) => String(sk).startsWith(deploymentKey(kind, '').sk));
  return {
    services: z.array(serviceRecordSchema).parse(ofKind('service')),
    routes: z.array(routeRecordSchema).parse(ofKind('route')),
  };
};

/** Reads all records. */
export const findDeployments = async (table: Table): Promise<Deployments> => {
  const kinds = ['service', 'route'] as const;
  const rows = await Promise.all(
    kinds.map((kind) => table.query(partitions.deployments, deploymentKey(kind, '').sk)),
  );
  return deploymentsOf(rows.flat());
};

/** What the records say of a route: whether it and its service are deployed. */
export interface DeploymentState {
  service: boolean;
  route: boolean;
}

/** Reads the two records of a route. */
export const readDeploymentState = async (
  table: Table,
  { service, path }: Pick<Route, 'service' | 'path'>,
): Promise<DeploymentState> => {
  const [serviceRow, routeRow] = await Promise.all([
    table.get(deploymentKey('service', service)),
    table.get(deploymentKey('route', path)),
  ]);
  return {
    service: serviceRow !== undefined && serviceRecordSchema.parse(serviceRow).withdrawn_at === undefined,
    route: routeRow !== undefined && routeRecordSchema.parse(routeRow).withdrawn_at === undefined,
  };
};
