import { App } from 'aws-cdk-lib';
import { catalogue } from '../../functions/routes/catalogue.ts';
import { addStacks } from '../../infra/app.ts';
import { type Stage, stageNamed } from '../../infra/stages.ts';
import { unbundled } from './unbundled.ts';

/** An app of stage dev but for some settings: for what settings do that no stage has as it comes. */
export const appWith = (settings: Partial<Stage>): App => {
  const app = new App({ context: unbundled, analyticsReporting: false });
  const stage = { ...stageNamed('dev'), ...settings };
  addStacks(app, stage, { routes: catalogue, release: '1.0.0', ignoreAlarms: false });
  return app;
};
