import { App, type Stack, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import cdk from '../cdk.json' with { type: 'json' };
import { type Route, SERVICES, type Service } from '../functions/contract/define-route.ts';
import { catalogue } from '../functions/routes/catalogue.ts';
import project from '../package.json' with { type: 'json' };
import { PageAlarms } from './constructs/page-alarms.ts';
import { GatewayStack } from './gateway-stack.ts';
import { OperationsStack } from './operations-stack.ts';
import { ServiceStack, type ServiceStackProps } from './service-stack.ts';
import { resourceName, type Stage, stageNamed } from './stages.ts';
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

/** The stacks of those services that have more than their routes. */
const OF_THEIR_OWN: Partial<Record<Service, typeof ServiceStack>> = { operations: OperationsStack };

/** The name of a service as that of a construct, by which `cdk deploy` is told a stack. */
const inCapitals = (service: Service): string => service.charAt(0).toUpperCase() + service.slice(1);

/**
 * Adds the stacks of a stage, which know nothing of one another but names: so they are deployed one after another, and each can
 * be changed, replaced or deployed again without the others.
 */
export const addStacks = (
  app: App,
  stage: Stage,
  { routes, ...options }: Pick<ServiceStackProps, 'routes' | 'release' | 'ignoreAlarms'>,
): void => {
  const common = (name: string, holds: string) => ({
    stage,
    stackName: resourceName(stage, name),
    description: `Plano Orders (${stage.name}): ${holds}`,
    terminationProtection: stage.protectState,
    env: {
      ...(stage.account === undefined ? {} : { account: stage.account }),
      ...(stage.region === undefined ? {} : { region: stage.region }),
    },
  });
  const state = new StateStack(app, 'State', common('state', 'the table, the logs and the topic for alerts'));
  const gateway = new GatewayStack(app, 'Gateway', {
    ...common('api', 'the API and what its services share'),
    ignoreAlarms: options.ignoreAlarms,
  });
  gateway.addStackDependency(state, 'its functions use the table and the logs by their names');
  const services = SERVICES.map((service) => {
    const OfService = OF_THEIR_OWN[service] ?? ServiceStack;
    const stack: Stack = new OfService(app, inCapitals(service), {
      ...common(service, `the service ${service}`),
      ...options,
      service,
      routes: routes.filter((route) => route.service === service),
    });
    stack.addStackDependency(gateway, 'its routes are of the API, whose id the gateway tells');
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
  addStacks(app, stage, {
    routes,
    release,
    ignoreAlarms: app.node.tryGetContext('ignore-alarms') === 'true',
  });

  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  return app;
};

if (import.meta.main) createApp().synth();
