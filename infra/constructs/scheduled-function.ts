import { Duration, Validations } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import { resourceName } from '../stages.ts';
import { BundledFunction, type BundledFunctionProps } from './bundled-function.ts';

const NEXT_RUN =
  'The event says only that a minute has passed. What a run that fails or does not take place has not found, the next one finds.';

/** How often it is called. */
const EVERY = Duration.minutes(1);

/** A function that is called every minute, by a rule of its own name, to find what there is to do. */
export class ScheduledFunction extends BundledFunction {
  /** What calls it. */
  readonly everyMinute: Rule;

  constructor(scope: Construct, id: string, props: Omit<BundledFunctionProps, 'withoutDeadLetterQueue'>) {
    super(scope, id, { ...props, withoutDeadLetterQueue: NEXT_RUN });
    // Each run is the retry of the one before.
    this.alias.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: EVERY });
    Validations.of(this).acknowledge({ id: 'Serverless-LambdaAsyncFailureDestination', reason: NEXT_RUN });
    this.everyMinute = new Rule(this, 'EveryMinute', {
      ruleName: resourceName(props.stage, props.name),
      description: props.description,
      schedule: Schedule.rate(EVERY),
      targets: [new LambdaFunction(this.alias, { retryAttempts: 0, maxEventAge: EVERY })],
    });
    Validations.of(this.everyMinute).acknowledge({ id: 'Serverless-EventBusDLQ', reason: NEXT_RUN });
  }
}
