import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import cdk from '../cdk.json' with { type: 'json' };
import type { Route } from '../functions/contract/define-route.ts';
import { FORMER_GRANTS, type FormerRelease } from '../functions/pipeline/former-grants.ts';
import { catalogue } from '../functions/routes/catalogue.ts';
import project from '../package.json' with { type: 'json' };
import { ApiStack } from './api-stack.ts';
import { resourceName, stageNamed } from './stages.ts';
import { StateStack } from './state-stack.ts';

export interface AppOptions {
  /** The routes; those of the catalogue by default. */
  routes?: readonly Route[];
  /** The folder of the cloud assembly; a temporary one by default. */
  outdir?: string;
  /** The stage, if not the one of `-c stage=…`. */
  stage?: string;
  /** What `-c` gives on the command line. */
  context?: Record<string, unknown>;
}

const FORMER_RELEASES = Object.keys(FORMER_GRANTS) as FormerRelease[];

const formerRelease = (given: unknown): FormerRelease | undefined => {
  const release = FORMER_RELEASES.find((each) => each === given);
  if (release === given) return release;
  throw new Error(`-c beside=… takes one of: ${FORMER_RELEASES.join(', ')}`);
};

/**
 * The app of one stage, dev by default, ready for `synth()`, which fails when cdk-nag finds something.
 *
 * @throws Error that names the setting, when the stage's configuration is wrong
 */
export const createApp = ({
  routes = catalogue,
  outdir,
  stage: stageName,
  context,
}: AppOptions = {}): App => {
  const app = new App({
    // The feature flags, which the CDK CLI reads from there and would pass anyway: all callers get the same templates.
    context: { ...cdk.context, ...context },
    analyticsReporting: false,
    ...(outdir === undefined ? {} : { outdir }),
  });
  const stage = stageNamed(stageName ?? app.node.tryGetContext('stage') ?? 'dev');
  const release: string = app.node.tryGetContext('release') ?? project.version;
  const env = {
    ...(stage.account === undefined ? {} : { account: stage.account }),
    ...(stage.region === undefined ? {} : { region: stage.region }),
  };

  const state = new StateStack(app, 'State', {
    stackName: resourceName(stage, 'state'),
    description: `Plano Orders (${stage.name}): the table`,
    env,
    stage,
  });
  const api = new ApiStack(app, 'Api', {
    stackName: resourceName(stage, 'api'),
    description: `Plano Orders (${stage.name}): the API and its functions`,
    env,
    stage,
    routes,
    release,
    ignoreAlarms: app.node.tryGetContext('ignore-alarms') === 'true',
    beside: formerRelease(app.node.tryGetContext('beside')),
  });
  api.addStackDependency(state, 'the functions use the table by its name');

  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  return app;
};

if (import.meta.main) createApp().synth();
