import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as z from 'zod';

export const STAGE_NAMES = ['dev', 'staging', 'production'] as const;

/**
 * How a new version of a function takes over: at once, or a tenth of the calls for some minutes and then the rest, which the
 * function's alarms stop and turn back.
 */
const ROLLOUTS = ['at-once', 'canary-5-minutes', 'canary-15-minutes'] as const;
export type RolloutName = (typeof ROLLOUTS)[number];

/** An origin as browsers send it: scheme, host and port, nothing after. Only this machine may do without TLS. */
const origin = z.string().refine((value) => {
  const url = URL.parse(value);
  return url?.origin === value && (url.protocol === 'https:' || url.hostname === 'localhost');
}, 'must be an origin such as https://app.example.com');

const settingsSchema = z.strictObject({
  /** Where to deploy. Without them it is the account and region of the credentials that deploy. */
  account: z
    .string()
    .regex(/^\d{12}$/, 'must be the 12 digits of an AWS account')
    .optional(),
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be an AWS region such as eu-west-1')
    .optional(),
  /** The API's own name, and the certificate for it, of the same region; without it the API has the address AWS gives it. */
  domain: z
    .strictObject({
      name: z.hostname(),
      certificateArn: z.string().regex(/^arn:aws[\w-]*:acm:/, 'must be the ARN of a certificate in ACM'),
    })
    .optional(),
  /** Another table than the stage's own: one that was restored from a backup to take its place. */
  restoredTable: z
    .string()
    .regex(/^[\w.-]{3,255}$/, 'must be the name of a table')
    .optional(),
  /** The origins whose pages may call the API. */
  corsOrigins: z.array(origin).min(1),
  /** The sender of e-mails. Mandrill must have its domain verified. */
  emailFrom: z.email(),
  emailFromName: z.string().min(1),
  /** Days for which logs are kept, of the numbers that CloudWatch offers. */
  logRetention: z.enum(RetentionDays),
  /** Who is sent e-mail when an alarm goes off or a notification opens. Without anybody there are no alarms: each costs. */
  alarmAddresses: z.array(z.email()),
  /** Where the team reads docs/runbook.md; alarms point to a heading of it. */
  runbook: z.url({ protocol: /^https$/ }),
  rollout: z.enum(ROLLOUTS),
  /** Requests that the gateway lets through: per second, and at once. More get its 429. */
  throttle: z.strictObject({ rate: z.int().positive(), burst: z.int().positive() }),
  /** Whether what holds state is kept when its stack is deleted, which then has to be unlocked before. */
  protectState: z.boolean(),
});
const validSettings = settingsSchema.refine(
  ({ rollout, alarmAddresses }) => rollout === 'at-once' || alarmAddresses.length > 0,
  { path: ['rollout'], error: 'needs alarms to turn it back, and so alarmAddresses' },
);
export type StageName = (typeof STAGE_NAMES)[number];
export type Stage = z.infer<typeof settingsSchema> & { name: StageName };

const RUNBOOK = 'https://wiki.plano.example/orders/runbook';

const settings: Record<StageName, z.input<typeof settingsSchema>> = {
  dev: {
    corsOrigins: ['http://localhost:5173'],
    emailFrom: 'orders@dev.plano.example',
    emailFromName: 'Plano Orders (dev)',
    logRetention: RetentionDays.ONE_WEEK,
    alarmAddresses: [],
    runbook: RUNBOOK,
    rollout: 'at-once',
    throttle: { rate: 100, burst: 200 },
    protectState: false,
  },
  staging: {
    corsOrigins: ['https://staging.plano.example'],
    emailFrom: 'orders@staging.plano.example',
    emailFromName: 'Plano Orders (staging)',
    logRetention: RetentionDays.ONE_MONTH,
    alarmAddresses: ['staging-alarms@plano.example'],
    runbook: RUNBOOK,
    rollout: 'canary-5-minutes',
    throttle: { rate: 100, burst: 200 },
    protectState: true,
  },
  production: {
    corsOrigins: ['https://app.plano.example'],
    emailFrom: 'orders@plano.example',
    emailFromName: 'Plano Orders',
    logRetention: RetentionDays.THREE_MONTHS,
    alarmAddresses: ['on-call@plano.example'],
    runbook: RUNBOOK,
    rollout: 'canary-15-minutes',
    throttle: { rate: 500, burst: 1_000 },
    protectState: true,
  },
};

/**
 * The stage of that name. All stages are validated, so that a mistake in production's settings shows in dev.
 *
 * @param all the settings by stage, these by default
 * @throws Error that names each wrong setting, such as `production.throttle.rate`, or the stages that there are
 */
export const stageNamed = (name: string, all: unknown = settings): Stage => {
  const parsed = z.record(z.enum(STAGE_NAMES), validSettings).safeParse(all);
  if (!parsed.success) throw new Error(`infra/stages.ts is wrong.\n${z.prettifyError(parsed.error)}`);
  const known = z.enum(STAGE_NAMES).safeParse(name);
  if (!known.success)
    throw new Error(`stage: there is no stage ${name}; there are ${STAGE_NAMES.join(', ')}.`);
  return { name: known.data, ...parsed.data[known.data] };
};

/** The physical name of a resource of the stage, by which people and the other stacks find it. */
export const resourceName = (stage: Stage, suffix: string): string => `plano-orders-${stage.name}-${suffix}`;

/** The name of the alias by which every function is called. */
export const LIVE = 'live';

/** The namespace of the functions' metrics: stages may share an account. */
export const metricsNamespace = (stage: Stage): string => `PlanoOrders/${stage.name}`;

/** The name of the log group of a service's functions. */
export const logGroupName = (stage: Stage, service: string): string =>
  `/plano-orders/${stage.name}/${service}`;

/** The name of the log group of the gateway. Under its prefix many share one resource policy, which has a limit of size. */
export const accessLogName = (stage: Stage): string => `/aws/vendedlogs/${resourceName(stage, 'access')}`;

/** The name of the topic by which the people on call are reached. */
export const alertTopicName = (stage: Stage): string => resourceName(stage, 'pages');

/** The name of the parameter of SSM's in which the gateway's stack tells the others the API's id, for it has no name of its own. */
export const apiIdName = (stage: Stage): string => `/plano-orders/${stage.name}/api-id`;

/** The name of the table that the stage's own stack makes. */
export const ownTableName = (stage: Stage): string => `plano-orders-${stage.name}`;

/** The name of the table that the stage uses. */
export const tableName = (stage: Stage): string => stage.restoredTable ?? ownTableName(stage);

/** The name of the queue of e-mails that are due. */
export const emailQueueName = (stage: Stage): string => resourceName(stage, 'emails-due');

/** Mandrill's API. */
export const MANDRILL_URL = 'https://mandrillapp.com/api/1.0';

/** The name of the parameter of SSM's that holds Mandrill's API key. */
export const mandrillKeyName = (stage: Stage): string => `/plano-orders/${stage.name}/mandrill-key`;
