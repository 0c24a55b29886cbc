import * as z from 'zod/mini';
import { type Deployed, DeploymentRecords } from '../../deployments/deployment-records.ts';
import type { Kind } from '../../deployments/deployment-state.ts';
import { letGoOfReleases, recordRelease } from '../../deployments/releases.ts';
import type { Deadline } from '../../table/deadline.ts';
import { environmentSchema } from '../../table/environment.ts';
import { connect, Table } from '../../table/table.ts';
import { deleteVersions } from './delete-versions.ts';

/** Any text that a key can hold: which services and methods there are is another release's to know. */
const text = z.string().check(z.minLength(1), z.maxLength(500));

const serviceSchema = z.object({ name: text, release: text });
const routeSchema = z.pipe(
  z.object({
    service: text,
    method: text,
    path: text,
    purpose: text,
    // CloudFormation hands on every value as text.
    sensitive: z.stringbool(),
    release: text,
    version: text,
  }),
  z.transform((route) => ({ name: route.path, ...route })),
);
const releaseSchema = z.object({ service: text, release: text, functions: z.record(text, text) });

/** A kind of record that is kept here, each by a resource of CloudFormation's, its keeper. */
interface Kept {
  /** The property that names the record, which is all that a Delete is about. */
  nameIn: 'name' | 'path' | 'service';
  /** Has a record say what the properties of its resource do; what they do not fit is a `ZodError`. */
  record(properties: unknown, keeper: string, deadline: Deadline): Promise<void>;
  /** Has a resource that is gone keep a record no longer. */
  letGo(name: string, keeper: string, deadline: Deadline): Promise<void>;
}

/** The SDK's default. */
const ATTEMPTS = 3;

const records = (): DeploymentRecords => {
  const { TABLE_NAME } = environmentSchema.parse(process.env);
  return new DeploymentRecords(connect(ATTEMPTS), TABLE_NAME);
};

const open = (deadline: Deadline): Table => {
  const { TABLE_NAME } = environmentSchema.parse(process.env);
  return new Table(connect(), TABLE_NAME, deadline);
};

const recordOf = (kind: Kind, nameIn: Kept['nameIn'], schema: z.ZodMiniType<Deployed>): Kept => ({
  nameIn,
  record: (properties, keeper) => records().record(kind, schema.parse(properties), new Date(), keeper),
  letGo: (name, keeper) => records().letGo(kind, name, keeper),
});

/** Of a release that is recorded, those versions go that nobody can go back to any more. */
const releases: Kept = {
  nameIn: 'service',
  record: async (properties, kept_by, deadline) => {
    const release = releaseSchema.parse(properties);
    const deployed_at = new Date().toISOString();
    const unused = await recordRelease(open(deadline), { ...release, deployed_at, kept_by });
    await deleteVersions(unused, deadline.signal);
  },
  letGo: (service, keeper, deadline) => letGoOfReleases(open(deadline), service, keeper),
};

/** By the type of the resource. */
export const KEPT: Partial<Record<string, Kept>> = {
  'Custom::ServiceRecord': recordOf('service', 'name', serviceSchema),
  'Custom::RouteRecord': recordOf('route', 'path', routeSchema),
  'Custom::Release': releases,
};

/** The name of the record that a resource of those properties keeps; undefined if they hold none. */
export const nameOf = ({ nameIn }: Kept, properties: Record<string, unknown> = {}): string | undefined =>
  text.safeParse(properties[nameIn]).data;
