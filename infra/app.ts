import { App, type Stack, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import cdk from '../cdk.json' with { type: 'json' };
import { type Route, SERVICES, type Service } from '../functions/contract/define-route.ts';
import { catalogue } from '../functions/routes/catalogue.ts';
import project from '../package.json' with { type: 'json' };
import { releaseOfCheckout } from './checkout.ts';
import { makeInTurns } from './constructs/in-turns.ts';
import { PageAlarms } from './constructs/page-alarms.ts';
import { Release } from './constructs/release.ts';
import { DeliveryStack } from './delivery-stack.ts';
import { GatewayStack } from './gateway-stack.ts';
import { OperationsStack } from './operations-stack.ts';
import { ServiceStack, type ServiceStackProps } from './service-stack.ts';
import { resourceName, type Stage, stageNamed, tagsOf } from './stages.ts';
import { StateStack } from './state-stack.ts';

export interface AppOptions {
  /** The routes; those of the catalogue by default. */
  routes?: readonly Route[];
  /** The folder of the cloud assembly; a temporary one by default. */
  outdir?: string;
  /** The stage, if not the one of `-c stage=…`. */
  stage?: string;
  /** What its release is called, if `-c release=…` does not say it; the version of `package.json` by default. */
  release?: string;
  /** What `-c` gives on the command line. */
  context?: Record<string, unknown>;
  /**
   * Whether CloudFormation's own rules judge the templates as well, which takes most of the time of a synthesis; true by default. What is
   * not deployed needs them no second time.
   */
  isJudged?: boolean;
}

/** The stacks of those services that have more than their routes. */
const OF_THEIR_OWN: Partial<Record<Service, typeof ServiceStack>> = { operations: OperationsStack };

/** The name of a service as that of a construct, by which `cdk deploy` is told a stack. */
const inCapitals = (service: Service): string => service.charAt(0).toUpperCase() + service.slice(1);

/** What all stacks of a stage have, by their name after the stage's. */
const common = (stage: Stage, name: string, holds: string) => ({
  stage,
  stackName: resourceName(stage, name),
  description: `Plano Orders (${stage.name}): ${holds}`,
  terminationProtection: stage.protectState,
  // CloudFormation gives them to all that the stack has and that takes tags.
  tags: { ...tagsOf(stage), stack: name },
  env: {
    ...(stage.account === undefined ? {} : { account: stage.account }),
    ...(stage.region === undefined ? {} : { region: stage.region }),
  },
});

/**
 * Adds the stacks of a stage, which know nothing of one another but names: so they are deployed one after another, and each can
 * be changed, replaced or deployed again without the others.
 */
export const addStacks = (
  app: App,
  stage: Stage,
  { routes, ...options }: Pick<ServiceStackProps, 'routes' | 'release' | 'ignoreAlarms'>,
): void => {
  const state = new StateStack(
    app,
    'State',
    common(stage, 'state', 'the table, the logs and the topic for alerts'),
  );
  const gateway = new GatewayStack(app, 'Gateway', {
    ...common(stage, 'api', 'the API and what its services share'),
    ignoreAlarms: options.ignoreAlarms,
  });
  new Release(gateway, { stage, service: 'gateway', release: options.release });
  gateway.addStackDependency(state, 'its functions use the table and the logs by their names');
  const services = SERVICES.map((service) => {
    const OfService = OF_THEIR_OWN[service] ?? ServiceStack;
    const stack: Stack = new OfService(app, inCapitals(service), {
      ...common(stage, service, `the service ${service}`),
      ...options,
      service,
      routes: routes.filter((route) => route.service === service),
    });
    new Release(stack, { stage, service, release: options.release });
    stack.addStackDependency(gateway, 'its routes are of the API, whose id the gateway tells');
    makeInTurns(stack);
    return stack;
  });
  const operations = services.find((stack) => stack instanceof OperationsStack);
  if (operations === undefined || stage.alarmAddresses.length === 0) return;
  new PageAlarms(operations, 'Pages', stage);
  for (const other of services) {
    if (other !== operations) operations.addStackDependency(other, 'its composite alarms are made of theirs');
  }
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
  release = project.version,
  context,
  isJudged = true,
}: AppOptions = {}): App => {
  const app = new App({
    // The feature flags, which the CDK CLI reads from there and would pass anyway: all callers get the same templates.
    context: { ...cdk.context, ...context },
    analyticsReporting: false,
    builtinCloudFormationValidation: isJudged,
    ...(outdir === undefined ? {} : { outdir }),
  });
  const stage = stageNamed(stageName ?? app.node.tryGetContext('stage') ?? 'dev');
  addStacks(app, stage, {
    routes,
    release: app.node.tryGetContext('release') ?? release,
    ignoreAlarms: app.node.tryGetContext('ignore-alarms') === 'true',
  });

  const repository: string | undefined = app.node.tryGetContext('repository');
  if (repository !== undefined) {
    new DeliveryStack(app, 'Delivery', {
      ...common(stage, 'delivery', 'what GitHub’s workflows need to deploy it'),
      repository,
      provider: app.node.tryGetContext('github-provider'),
    });
  }

  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  return app;
};

// The commit is for deployments alone: elsewhere the same code makes the same templates, whatever was committed since.
if (import.meta.main) createApp({ release: releaseOfCheckout() }).synth();
