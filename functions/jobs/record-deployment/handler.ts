import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { type Deployed, DeploymentRecords } from '../../deployments/deployment-records.ts';
import type { Kind } from '../../deployments/deployment-state.ts';
import { environmentSchema } from '../../table/environment.ts';
import { connect } from '../../table/table.ts';
import { customResource } from '../custom-resource.ts';

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

/** A kind of record that is kept here. */
interface Kept {
  kind: Kind;
  /** The property that names the record, which is all that a Delete is about. */
  nameIn: 'name' | 'path';
  schema: z.ZodMiniType<Deployed>;
}
/** By the type of the resource. */
const KEPT: Partial<Record<string, Kept>> = {
  'Custom::ServiceRecord': { kind: 'service', nameIn: 'name', schema: serviceSchema },
  'Custom::RouteRecord': { kind: 'route', nameIn: 'path', schema: routeSchema },
};

const nameOf = ({ nameIn }: Kept, properties: Record<string, unknown> = {}): string | undefined =>
  text.safeParse(properties[nameIn]).data;

/** The SDK's default. */
const ATTEMPTS = 3;

const open = (): DeploymentRecords => {
  const { TABLE_NAME } = environmentSchema.parse(process.env);
  return new DeploymentRecords(connect(ATTEMPTS), TABLE_NAME);
};

/** Tells a resource from every other, also from that of a later stack of the same name. */
const keeperOf = ({ StackId, LogicalResourceId }: CloudFormationCustomResourceEvent): string =>
  `${StackId} ${LogicalResourceId}`;

/** Does what CloudFormation asks of a resource, and gives the id that the resource then has. */
const carryOut = async (event: CloudFormationCustomResourceEvent): Promise<string> => {
  const { ResourceType, ResourceProperties } = event;
  const kept = KEPT[ResourceType];
  if (event.RequestType === 'Delete') {
    // What has no name has never been on record, and what this release does not keep has nothing that it could remove.
    const name = kept && nameOf(kept, ResourceProperties);
    if (kept !== undefined && name !== undefined) await open().letGo(kept.kind, name, keeperOf(event));
    return event.PhysicalResourceId;
  }
  if (kept === undefined) throw new Error(`${ResourceType} is nothing that is kept here`);
  const deployed = kept.schema.parse(ResourceProperties);
  await open().record(kept.kind, deployed, new Date(), keeperOf(event));
  // A new id has CloudFormation delete what had the old one, and so the record of the old name.
  const isSame =
    event.RequestType === 'Update' && nameOf(kept, event.OldResourceProperties) === deployed.name;
  return isSame ? event.PhysicalResourceId : deployed.name;
};

/**
 * Keeps the deployment records, each a custom resource of CloudFormation's: at Create and Update (a rollback is an Update
 * to what was before) a record becomes what the template says, at Delete it is removed, unless another resource keeps it by
 * then. What one release made, another one may have to delete: the code that answers is the newer at the end of an update, and
 * the older at the end of a rollback.
 */
export const handler = customResource(carryOut, 'What is deployed could not be put on record');
