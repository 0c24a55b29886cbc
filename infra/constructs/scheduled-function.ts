import { Duration, Validations } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import { resourceName } from '../stages.ts';
import { BundledFunction, type BundledFunctionProps } from './bundled-function.ts';

const NEXT_RUN =
  'The event says only that it is time. What a run that fails or does not take place has not found, the next one finds.';

interface ScheduledFunctionProps extends Omit<BundledFunctionProps, 'withoutDeadLetterQueue'> {
  /** How often it is called; every minute by default. */
  every?: Duration;
  /** False where the clock is not to call it, so that only people do. */
  isScheduled?: boolean;
}

/** A function that is called by the clock, by a rule of its own name, to find what there is to do. */
export class ScheduledFunction extends BundledFunction {
  /** What calls it. */
  readonly rule: Rule;

  constructor(
    scope: Construct,
    id: string,
    { every = Duration.minutes(1), isScheduled = true, ...props }: ScheduledFunctionProps,
  ) {
    super(scope, id, { ...props, withoutDeadLetterQueue: NEXT_RUN });
    // Each run is the retry of the one before.
    this.alias.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: every });
    Validations.of(this).acknowledge({ id: 'Serverless-LambdaAsyncFailureDestination', reason: NEXT_RUN });
    this.rule = new Rule(this, 'Rule', {
      ruleName: resourceName(props.stage, props.name),
      description: props.description,
      schedule: Schedule.rate(every),
      enabled: isScheduled,
      targets: [new LambdaFunction(this.alias, { retryAttempts: 0, maxEventAge: every })],
    });
    Validations.of(this.rule).acknowledge({ id: 'Serverless-EventBusDLQ', reason: NEXT_RUN });
  }
}
