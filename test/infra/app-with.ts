import { App } from 'aws-cdk-lib';
import { catalogue } from '../../functions/routes/catalogue.ts';
import { addStacks, createApp } from '../../infra/app.ts';
import { type Stage, type StageName, stageNamed } from '../../infra/stages.ts';
import { unbundled } from './unbundled.ts';

const apps = new Map<string, App>();

/**
 * The app of a stage, for whoever looks at it and changes nothing: the files of a worker share it, since it is synthesised
 * once, when the first of them asks for a template. `app.test.ts` has those judged that are deployed.
 *
 * @param context what `-c` gives on the command line
 */
export const appOf = (stage: StageName, context: Record<string, string> = {}): App => {
  const name = JSON.stringify([stage, context]);
  const app = apps.get(name) ?? createApp({ stage, context: { ...unbundled, ...context }, isJudged: false });
  apps.set(name, app);
  return app;
};

/** An app of stage dev but for some settings: for what settings do that no stage has as it comes. */
export const appWith = (settings: Partial<Stage>): App => {
  const app = new App({
    context: unbundled,
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
  });
  const stage = { ...stageNamed('dev'), ...settings };
  addStacks(app, stage, { routes: catalogue, release: '1.0.0', ignoreAlarms: false });
  return app;
};
