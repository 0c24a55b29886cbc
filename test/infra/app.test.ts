import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { describe, expect, it, vi } from 'vitest';
import { createApp } from '../../infra/app.ts';
import { STAGE_NAMES } from '../../infra/stages.ts';
import project from '../../package.json' with { type: 'json' };
import { unbundled } from './unbundled.ts';

// The first synthesis of a process loads the validation of templates: seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const child = (app: App, id: string) => app.node.findChild(id) as Stack;
const releaseOf = (app: App) => {
  const [records] = Object.values(
    Template.fromStack(child(app, 'Api')).findResources('Custom::ServiceRecord'),
  );
  return records?.Properties.release;
};

describe.each(STAGE_NAMES)('the app of %s', (stage) => {
  const app = createApp({ stage, context: unbundled });

  it('The app of a stage passes cdk-nag and the validation of templates, without a warning', () => {
    const { directory } = app.synth();
    const report = JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8'));
    expect(report.pluginReports).toEqual([]);
  });

  it('The app of a stage names its stacks by the stage, and needs no account', () => {
    const stacks = app.synth().stacks.map(({ stackName, environment }) => [stackName, environment.account]);
    expect(stacks).toEqual([
      [`plano-orders-${stage}-state`, 'unknown-account'],
      [`plano-orders-${stage}-api`, 'unknown-account'],
    ]);
  });
});

describe('createApp', () => {
  it('The app does not synthesise what cdk-nag finds fault with', () => {
    const app = createApp({ context: unbundled });
    new Secret(child(app, 'State'), 'Unrotated');
    expect(() => app.synth()).toThrow('AwsSolutions-SMG4');
  });

  it('The app takes stage and release as `-c` gives them, else dev and the version of the package', () => {
    const given = createApp({ context: { ...unbundled, stage: 'staging', release: '1.2.3' } });
    expect(child(given, 'Api').stackName).toBe('plano-orders-staging-api');
    expect(releaseOf(given)).toBe('1.2.3');

    const byDefault = createApp({ context: unbundled });
    expect(child(byDefault, 'Api').stackName).toBe('plano-orders-dev-api');
    expect(releaseOf(byDefault)).toBe(project.version);
  });

  it('The app refuses a stage that there is not', () => {
    expect(() => createApp({ context: { stage: 'prod' } })).toThrow('no stage prod');
  });
});
