import type { App } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import project from '../../package.json' with { type: 'json' };
import { appOf } from './app-with.ts';
import { arnOf, functionNamed, type StackId, templateOf } from './template.ts';

const app = appOf('production');
const WRITER = 'plano-orders-production-deployment-records';

const releaseIn = (of: App, id: StackId) => {
  const [release, ...others] = Object.entries(templateOf(of, id).findResources('Custom::Release'));
  if (release === undefined || others.length > 0) throw new Error(`${id} has not one release`);
  const { Properties, DependsOn } = release[1] as { Properties: object; DependsOn: string[] };
  return { id: release[0], Properties, DependsOn };
};

describe.each([
  ['Gateway', 'gateway'],
  ['Auth', 'auth'],
  ['Orders', 'orders'],
  ['Operations', 'operations'],
] as const)('the stack %s', (id, service) => {
  const template = templateOf(app, id);
  const { Resources } = template.toJSON();
  const release = releaseIn(app, id);
  const aliases = Object.entries(template.findResources('AWS::Lambda::Alias')).map(([alias, found]) => {
    const { FunctionName } = Resources[found.Properties.FunctionName.Ref].Properties;
    return { alias, name: FunctionName as string, version: found.Properties.FunctionVersion };
  });
  const kept = aliases.filter(({ name }) => name !== WRITER);

  it('A stack records of which version of each of its functions its release is made, jobs included', () => {
    expect(release.Properties).toMatchObject({
      ServiceToken: arnOf('lambda', `function:${WRITER}:live`),
      service,
      release: project.version,
      functions: Object.fromEntries(kept.map(({ name, version }) => [name, version])),
      table: 'plano-orders-production',
    });
  });

  it('A stack records its release last: once all aliases have moved, and all other records are written', () => {
    const records = Object.keys(Resources).filter((each) => /^Custom::.*Record$/.test(Resources[each].Type));
    const first = [...aliases.map(({ alias }) => alias), ...records];
    expect(release.DependsOn).toEqual(expect.arrayContaining(first));
  });

  it('A stack keeps the versions of its functions that another takes the place of, but of a failed deployment', () => {
    for (const { version } of kept) {
      expect(Resources[version['Fn::GetAtt'][0]]).toMatchObject({
        UpdateReplacePolicy: 'Retain',
        DeletionPolicy: 'RetainExceptOnCreate',
      });
    }
  });
});

it('The writer of records keeps no former version, since nobody goes back to one', () => {
  const template = templateOf(app, 'Gateway');
  const { Resources } = template.toJSON();
  const { FunctionVersion } = Resources[functionNamed(template, WRITER).alias].Properties;
  expect(Resources[FunctionVersion['Fn::GetAtt'][0]]).toMatchObject({ DeletionPolicy: 'Delete' });
});
