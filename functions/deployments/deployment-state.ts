import * as z from 'zod/mini';
import type { Route } from '../contract/define-route.ts';
import { partitions } from '../table/partitions.ts';
import type { Key, Row } from '../table/row.ts';
import { RowKind } from '../table/row-kind.ts';
import type { Table } from '../table/table.ts';

/** What every record says. Names are any text: other releases may have written them, which had other services. */
const record = {
  name: z.string(),
  release: z.string(),
  deployed_at: z.string(),
  /** When an operator withdrew it by hand; while it is set, it counts as not deployed. */
  withdrawn_at: z.optional(z.string()),
};

/** What says that a service is deployed. */
export const serviceRecords = new RowKind(z.object(record));
/** What says that a route is deployed, and what it is; its name is its path. */
export const routeRecords = new RowKind(
  z.object({
    ...record,
    service: z.string(),
    method: z.string(),
    path: z.string(),
    purpose: z.string(),
    sensitive: z.boolean(),
    /**
     * That of the function which answers; its log names it with each request. What is written by hand has none. (`z.catch` would say
     * it shorter, but alone has the bundler keep all of zod's helpers, 9 KB in each function.)
     */
    version: z.pipe(
      z.optional(z.unknown()),
      z.transform((version) => (typeof version === 'string' ? version : undefined)),
    ),
  }),
);
export type ServiceRecord = ReturnType<(typeof serviceRecords)['read']>;
export type RouteRecord = ReturnType<(typeof routeRecords)['read']>;

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

/** Reads all records. Those that cannot be read are left out, and the table tells which. */
export const findDeployments = async (table: Table): Promise<Deployments> => {
  const rowsOf = (kind: Kind): Promise<Row[]> =>
    table.query(partitions.deployments, deploymentKey(kind, '').sk);
  const [services, routes] = await Promise.all([rowsOf('service'), rowsOf('route')]);
  return {
    services: serviceRecords.readAll(table, services),
    routes: routeRecords.readAll(table, routes),
  };
};

/** What keeps a route from being answered. */
export interface Undeployed {
  kind: Kind;
  name: string;
  /** When an operator withdrew it; undefined when it is not on record at all. */
  withdrawn_at: string | undefined;
}

/**
 * Reads the two records of a route, and gives what is not deployed, its service before itself; undefined when both are.
 *
 * @throws {UnreadableRow} if one of them cannot be read: whether an operator withdrew the route is not known then
 */
export const findUndeployed = async (
  table: Table,
  { service, path }: Pick<Route, 'service' | 'path'>,
): Promise<Undeployed | undefined> => {
  const [serviceRow, routeRow] = await Promise.all([
    table.get(deploymentKey('service', service)),
    table.get(deploymentKey('route', path)),
  ]);
  const found = [
    { kind: 'service', name: service, record: serviceRow && serviceRecords.read(serviceRow) },
    { kind: 'route', name: path, record: routeRow && routeRecords.read(routeRow) },
  ] as const;
  const gone = found.find(({ record }) => record === undefined || record.withdrawn_at !== undefined);
  return gone && { kind: gone.kind, name: gone.name, withdrawn_at: gone.record?.withdrawn_at };
};
