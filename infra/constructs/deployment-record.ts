import { ArnFormat, CustomResource, Duration, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { LIVE, resourceName, type Stage, tableName } from '../stages.ts';
import { RECORD_WRITER } from './record-writer.ts';

export interface DeploymentRecordProps {
  stage: Stage;
  release: string;
  type: 'Custom::ServiceRecord' | 'Custom::RouteRecord' | 'Custom::Release';
  properties: Record<string, unknown>;
}

/**
 * One record in the table of what is deployed, which the deployment itself writes: so it is written after what it speaks of is
 * live, removed with it, and rolled back with the stack. The function that writes it is there before, by its name.
 */
export class DeploymentRecord extends CustomResource {
  constructor(scope: Construct, id: string, { stage, release, type, properties }: DeploymentRecordProps) {
    super(scope, id, {
      resourceType: type,
      serviceToken: Stack.of(scope).formatArn({
        service: 'lambda',
        resource: 'function',
        resourceName: `${resourceName(stage, RECORD_WRITER)}:${LIVE}`,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      }),
      // Beyond Lambda's own two retries of a function that ends without an answer; CloudFormation's default is an hour.
      serviceTimeout: Duration.minutes(5),
      // The table is named so that all is put on record again in one that takes the place of another.
      properties: { ...properties, release, table: tableName(stage) },
    });
  }
}
