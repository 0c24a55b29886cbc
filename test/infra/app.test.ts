import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../infra/app.ts';
import { STAGE_NAMES, stageNamed } from '../../infra/stages.ts';
import project from '../../package.json' with { type: 'json' };
import { STACK_OF, templateOf } from './template.ts';
import { unbundled } from './unbundled.ts';

const child = (app: App, id: string) => app.node.findChild(id) as Stack;
const releaseOf = (app: App) => {
  const [records] = Object.values(templateOf(app, 'Auth').findResources('Custom::ServiceRecord'));
  return records?.Properties.release;
};
/** What cdk-nag and CloudFormation's own rules have against an app. */
const objectionsTo = (app: App): unknown => {
  const { directory } = app.synth();
  return JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8')).pluginReports;
};

describe.each(STAGE_NAMES)('the app of %s', (stage) => {
  const app = createApp({ stage, context: unbundled });

  it('The app of a stage passes cdk-nag and the validation of templates, without a warning', () => {
    expect(objectionsTo(app)).toEqual([]);
  });

  it('The app of a stage names its stacks by the stage, and needs no account', () => {
    const stacks = app.synth().stacks.map(({ stackName, environment }) => [stackName, environment.account]);
    expect(stacks.toSorted()).toEqual(
      ['api', 'auth', 'clients', 'operations', 'orders', 'state'].map((name) => [
        `plano-orders-${stage}-${name}`,
        'unknown-account',
      ]),
    );
  });

  it('The stacks of a stage have room: each may hold 500 resources, and has no more than 150', () => {
    for (const { template } of app.synth().stacks) {
      expect(Object.keys(template.Resources).length).toBeLessThanOrEqual(150);
    }
  });

  it('The stacks of a stage know nothing of one another but names, so that none keeps another from changing', () => {
    for (const { template } of app.synth().stacks) {
      expect(JSON.stringify(template)).not.toContain('Fn::ImportValue');
      for (const output of Object.values<object>(template.Outputs ?? {})) {
        expect(output).not.toHaveProperty('Export');
      }
    }
  });

  it('The stacks of a stage come one after another: the state, the gateway, the services', () => {
    const deployedAfter = (id: string) => child(app, id).dependencies.map((stack) => stack.node.id);
    expect(deployedAfter('State')).toEqual([]);
    expect(deployedAfter('Gateway')).toEqual(['State']);
    const [operations, ...others] = Object.values(STACK_OF).toSorted((id) => (id === 'Operations' ? -1 : 1));
    for (const id of others) expect(deployedAfter(id)).toEqual(['Gateway']);
    // Its composite alarms are made of alarms of the others, and CloudWatch takes none that there are not.
    const watched = stageNamed(stage).alarmAddresses.length > 0 ? others : [];
    expect(deployedAfter(operations ?? '')).toEqual(['Gateway', ...watched]);
  });

  it('The stacks of a stage have its tags, so that a bill can tell what is whose', () => {
    for (const { stackName, tags } of app.synth().stacks) {
      const own = stackName.slice(`plano-orders-${stage}-`.length);
      expect(tags).toEqual({ project: 'plano-orders', stage, stack: own });
    }
  });

  it('The functions of a stack are made in turns, at most five at once, so that Lambda refuses none', () => {
    for (const id of Object.values(STACK_OF)) {
      const functions = templateOf(app, id).findResources('AWS::Lambda::Function');
      const waitsFor = Object.values(functions).map(({ DependsOn = [] }) =>
        [DependsOn].flat().filter((other) => other in functions),
      );
      expect(waitsFor.filter((others) => others.length === 0).length).toBeLessThanOrEqual(5);
      const awaited = waitsFor.flat();
      expect(new Set(awaited).size).toBe(awaited.length);
    }
  });

  it('The stacks of a stage cannot be deleted by mistake where its state is protected', () => {
    for (const { id } of app.synth().stacks) {
      expect(child(app, id).terminationProtection).toBe(stageNamed(stage).protectState);
    }
  });
});

describe('createApp', () => {
  it('The app with what GitHub delivers it by passes cdk-nag and the validation of templates, without a warning', () => {
    const context = { ...unbundled, repository: 'plano/orders' };
    expect(objectionsTo(createApp({ stage: 'staging', context }))).toEqual([]);
  });

  it('The app does not synthesise what cdk-nag finds fault with', () => {
    const app = createApp({ context: unbundled, isJudged: false });
    new Secret(child(app, 'State'), 'Unrotated');
    expect(() => app.synth()).toThrow('AwsSolutions-SMG4');
  });

  it('The app takes stage and release as `-c` gives them, else dev and the version of the package', () => {
    const given = createApp({
      context: { ...unbundled, stage: 'staging', release: '1.2.3' },
      isJudged: false,
    });
    expect(child(given, 'Gateway').stackName).toBe('plano-orders-staging-api');
    expect(releaseOf(given)).toBe('1.2.3');

    const byDefault = createApp({ context: unbundled, isJudged: false });
    expect(child(byDefault, 'Gateway').stackName).toBe('plano-orders-dev-api');
    expect(releaseOf(byDefault)).toBe(project.version);
  });

  it('The app refuses a stage that there is not', () => {
    expect(() => createApp({ context: { stage: 'prod' } })).toThrow('no stage prod');
  });
});
