import { Stack } from 'aws-cdk-lib';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { apiIdName, type Stage } from '../stages.ts';

/**
 * The address by which clients and people reach the API, without a slash at its end: its own name, or else the one that AWS gives it.
 * On one machine the gateway's own takes its place.
 */
export const publicUrl = (scope: Construct, stage: Stage): string => {
  if (stage.domain !== undefined) return `https://${stage.domain.name}`;
  const { region, urlSuffix } = Stack.of(scope);
  const apiId = StringParameter.valueForStringParameter(scope, apiIdName(stage));
  return `https://${apiId}.execute-api.${region}.${urlSuffix}`;
};
