import { isDeepStrictEqual } from 'node:util';
import type { Access } from './access.ts';
import { requestCustomResource } from './custom-resources.ts';
import type { LocalFunctions } from './functions.ts';
import { versionOf } from './intrinsics.ts';
import type { Assembly, CustomResourceDescription } from './template.ts';

interface Parts {
  functions: LocalFunctions;
  access: Access;
}

/** What is deployed: what was synthesised, and its custom resources with the versions of functions that they name. */
export interface Deployed {
  assembly: Assembly;
  customResources: CustomResourceDescription[];
}

/** What only a start makes: a deployment that changes it is refused. */
const MADE_AT_START = ['tables', 'queues', 'eventSources', 'schedules', 'topics', 'cors'] as const;

/** Has functions be as an assembly describes them, and gives its custom resources with the numbers of their versions. */
const publish = (assembly: Assembly, functions: LocalFunctions): CustomResourceDescription[] => {
  const versions = new Map(assembly.functions.map((each) => [versionOf(each.name), functions.publish(each)]));
  const resources = JSON.stringify(assembly.customResources);
  return JSON.parse(resources, (_, value) => versions.get(value) ?? value);
};

/** The same assembly as `cdk deploy -c release=…` would make it: what stands in it of the release is in custom resources alone. */
export const named = ({ customResources, ...rest }: Assembly, release: string): Assembly => ({
  ...rest,
  customResources: customResources.map(({ properties, ...resource }) => ({
    ...resource,
    properties: { ...properties, release },
  })),
});

/** Has custom resources be what they are in an assembly whose functions run already, as the first deployment does. */
export const deployFirst = async (assembly: Assembly, { functions }: Parts): Promise<Deployed> => {
  const customResources = publish(assembly, functions);
  for (const resource of customResources) {
    // What a table that was kept knows of releases names versions of functions that ended with the stack before.
    if (resource.type === 'Custom::Release')
      await requestCustomResource('Delete', resource, functions.invoke);
    await requestCustomResource('Create', resource, functions.invoke);
  }
  return { assembly, customResources };
};

/**
 * Brings what runs to another assembly, as CloudFormation does: functions that are not as they were get a version, to which
 * their aliases move; then custom resources that are not as they were are asked for.
 *
 * @throws Error that says what can only be had by another start, before anything is changed
 */
export const deploy = async (
  assembly: Assembly,
  before: Deployed,
  { functions, access }: Parts,
): Promise<Deployed> => {
  const changed = MADE_AT_START.filter((part) => !isDeepStrictEqual(assembly[part], before.assembly[part]));
  if (changed.length > 0) {
    throw new Error(`It changes ${changed.join(', ')}, which only a start does here: npm start`);
  }
  access.learn(assembly.functions);
  const customResources = publish(assembly, functions);
  const isIn = (
    resources: readonly CustomResourceDescription[],
    { stack, logicalId }: CustomResourceDescription,
  ) => resources.find((each) => each.stack === stack && each.logicalId === logicalId);
  for (const resource of customResources) {
    const old = isIn(before.customResources, resource);
    if (old === undefined) await requestCustomResource('Create', resource, functions.invoke);
    else if (!isDeepStrictEqual(old, resource))
      await requestCustomResource('Update', resource, functions.invoke, old.properties);
  }
  for (const resource of before.customResources) {
    if (isIn(customResources, resource) === undefined)
      await requestCustomResource('Delete', resource, functions.invoke);
  }
  const names = new Set(assembly.functions.map(({ name }) => name));
  for (const { name } of before.assembly.functions) if (!names.has(name)) await functions.remove(name);
  return { assembly, customResources };
};
