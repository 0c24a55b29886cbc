import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod/mini';
import { partitions } from '../table/partitions.ts';
import type { Key } from '../table/row.ts';
import { RowKind } from '../table/row-kind.ts';
import type { Table } from '../table/table.ts';
import { removed, unconditional } from '../table/write.ts';

/** So many releases of a service are kept, the latest, and with them the versions of functions that they are made of. */
const KEPT = 5;

/** What says of which versions a service's release is made. Whatever has functions counts as a service here, the gateway as well. */
export const releaseRecords = new RowKind(
  z.object({
    service: z.string(),
    release: z.string(),
    deployed_at: z.string(),
    /** The version of each function, by its name on AWS. */
    functions: z.record(z.string(), z.string()),
    /** Those that it had when it was deployed before: a deployment that fails yet goes back to them. */
    replaced: z.optional(z.record(z.string(), z.string())),
    /** The resource that has written it, with which it goes. */
    kept_by: z.string(),
  }),
);
export type ReleaseRecord = ReturnType<(typeof releaseRecords)['read']>;

/** A version of a function, such as `plano-orders-dev-orders-update` and `7`. */
export interface FunctionVersion {
  name: string;
  version: string;
}

const startOf = (service: string): string => `RELEASE#${service}#`;

const releaseKey = ({ service, release }: Pick<ReleaseRecord, 'service' | 'release'>): Key => ({
  pk: partitions.deployments,
  sk: startOf(service) + release,
});

/** The releases that are kept, of all services or of one, the latest first. */
export const findReleases = async (table: Table, service?: string): Promise<ReleaseRecord[]> => {
  const rows = await table.query(
    partitions.deployments,
    service === undefined ? 'RELEASE#' : startOf(service),
  );
  const releases = releaseRecords.readAll(table, rows);
  return releases.toSorted((one, other) => other.deployed_at.localeCompare(one.deployed_at));
};

const versionsOf = ({ functions, replaced = {} }: ReleaseRecord): FunctionVersion[] =>
  [functions, replaced].flatMap(Object.entries<string>).map(([name, version]) => ({ name, version }));

const nameOf = ({ name, version }: FunctionVersion): string => `${name}:${version}`;

/**
 * Records a release of a service as the latest, and forgets those that are too many by that.
 *
 * @returns the versions of functions that no release is made of any more
 */
export const recordRelease = async (
  table: Table,
  deployed: Omit<ReleaseRecord, 'replaced'>,
): Promise<FunctionVersion[]> => {
  const before = await findReleases(table, deployed.service);
  const same = before.find(({ release }) => release === deployed.release);
  const others = before.filter((release) => release !== same);
  // What is recorded once more, since its answer got lost, has replaced nothing.
  const replaced = isDeepStrictEqual(same?.functions, deployed.functions) ? same?.replaced : same?.functions;
  const latest = { ...deployed, replaced };
  const kept = [latest, ...others.slice(0, KEPT - 1)];
  await table.transact([
    { put: { Item: { ...releaseKey(latest), ...latest } }, refused: unconditional },
    ...others.slice(KEPT - 1).map((forgotten) => removed(releaseKey(forgotten))),
  ]);
  const used = new Set(kept.flatMap(versionsOf).map(nameOf));
  const all = new Map(before.flatMap(versionsOf).map((each) => [nameOf(each), each]));
  return [...all].flatMap(([name, version]) => (used.has(name) ? [] : [version]));
};

/** Forgets the releases of a service that a resource has written which is gone. */
export const letGoOfReleases = async (table: Table, service: string, keeper: string): Promise<void> => {
  const gone = (await findReleases(table, service)).filter(({ kept_by }) => kept_by === keeper);
  if (gone.length > 0) await table.transact(gone.map((release) => removed(releaseKey(release))));
};
