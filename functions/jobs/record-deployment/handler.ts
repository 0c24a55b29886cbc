import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import type { Deadline } from '../../table/deadline.ts';
import { customResource } from '../custom-resource.ts';
import { KEPT, nameOf } from './kept.ts';

/** Tells a resource from every other, also from that of a later stack of the same name. */
const keeperOf = ({ StackId, LogicalResourceId }: CloudFormationCustomResourceEvent): string =>
  `${StackId} ${LogicalResourceId}`;

/** Does what CloudFormation asks of a resource, and gives the id that the resource then has. */
const carryOut = async (event: CloudFormationCustomResourceEvent, deadline: Deadline): Promise<string> => {
  const { ResourceType, ResourceProperties } = event;
  const kept = KEPT[ResourceType];
  if (event.RequestType === 'Delete') {
    // What has no name has never been on record, and what this release does not keep has nothing that it could remove.
    const name = kept && nameOf(kept, ResourceProperties);
    if (kept !== undefined && name !== undefined) await kept.letGo(name, keeperOf(event), deadline);
    return event.PhysicalResourceId;
  }
  if (kept === undefined) throw new Error(`${ResourceType} is nothing that is kept here`);
  await kept.record(ResourceProperties, keeperOf(event), deadline);
  const name = nameOf(kept, ResourceProperties) ?? event.LogicalResourceId;
  // A new id has CloudFormation delete what had the old one, and so the record of the old name.
  const isSame = event.RequestType === 'Update' && nameOf(kept, event.OldResourceProperties) === name;
  return isSame ? event.PhysicalResourceId : name;
};

/**
 * Keeps the deployment records, each a custom resource of CloudFormation's: at Create and Update (a rollback is an Update
 * to what was before) a record becomes what the template says, at Delete it is removed, unless another resource keeps it by
 * then. What one release made, another one may have to delete: the code that answers is the newer at the end of an update, and
 * the older at the end of a rollback.
 */
export const handler = customResource(carryOut, 'What is deployed could not be put on record');
