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

const limits = { rate: z.int().positive(), burst: z.int().positive() };
const https = z.url({ protocol: /^https$/, error: 'must be a URL of https' });

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
  /** What the stage may cost by the month, in USD; the same people are mailed when it costs more. Without it there is no budget. */
  monthlyBudget: z.number().positive().optional(),
  /**
   * Who is called besides when an alarm pages: addresses of e-mail, and the https URLs of pagers, which take what SNS sends. They
   * hold a key mostly; whoever wants it in no repository subscribes by hand (docs/operating.md).
   */
  pager: z
    .strictObject({ emails: z.array(z.email()).default([]), https: z.array(https).default([]) })
    .default({ emails: [], https: [] }),
  /** What is called each minute as long as the team is alerted, so that somebody else notices when it is not any more. */
  heartbeat: https.optional(),
  /** Where the team reads docs/runbook.md; alarms point to a heading of it. */
  runbook: https,
  rollout: z.enum(ROLLOUTS),
  /**
   * Requests that the gateway lets through: per second, and at once. More get its 429. `passwords` is for each route that takes a
   * password besides, since hashing one takes a core for a while, and anybody may ask for it.
   */
  throttle: z.strictObject({ ...limits, passwords: z.strictObject(limits).optional() }),
  /**
   * Calls at once that are kept for functions, and of which these get no more: for each that hashes passwords, so that signing in
   * takes no room from all else, and for each that finds and sends due e-mails or alerts people, which so always have room; two at
   * least, as many as are sent at once. Without it all share the account's limit. `ops doctor` tells whether the account has so many.
   */
  reservedConcurrency: z
    .strictObject({ passwords: z.int().positive(), retry: z.int().min(2) })
    .partial()
    .optional(),
  /** Whether what holds state is kept when its stack is deleted, which then has to be unlocked before. */
  protectState: z.boolean(),
});
/** So many addresses does a budget mail, by its quotas. */
const MOST_MAILED = 10;

const validSettings = settingsSchema
  .refine(({ rollout, alarmAddresses }) => rollout === 'at-once' || alarmAddresses.length > 0, {
    path: ['rollout'],
    error: 'needs alarms to turn it back, and so alarmAddresses',
  })
  .refine(
    ({ monthlyBudget, alarmAddresses: { length } }) =>
      monthlyBudget === undefined || (length > 0 && length <= MOST_MAILED),
    { path: ['monthlyBudget'], error: `needs 1 to ${MOST_MAILED} alarmAddresses, whom it mails` },
  )
  .refine(
    ({ pager, alarmAddresses }) =>
      pager.emails.length + pager.https.length === 0 || alarmAddresses.length > 0,
    { path: ['pager'], error: 'needs alarms that page, and so alarmAddresses' },
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
    monthlyBudget: 100,
    runbook: RUNBOOK,
    rollout: 'canary-5-minutes',
    throttle: { rate: 100, burst: 200, passwords: { rate: 10, burst: 20 } },
    protectState: true,
  },
  production: {
    corsOrigins: ['https://app.plano.example'],
    emailFrom: 'orders@plano.example',
    emailFromName: 'Plano Orders',
    logRetention: RetentionDays.THREE_MONTHS,
    alarmAddresses: ['on-call@plano.example'],
    monthlyBudget: 1_000,
    runbook: RUNBOOK,
    rollout: 'canary-15-minutes',
    throttle: { rate: 500, burst: 1_000, passwords: { rate: 20, burst: 40 } },
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

/** The tags of everything of the stage, by which bills and inventories tell what is its. */
export const tagsOf = ({ name }: Stage): Record<string, string> => ({ project: 'plano-orders', stage: name });

/** The name of the alias by which every function is called. */
export const LIVE = 'live';

/** The name of a route's function, after the stage's. */
export const functionOfRoute = (path: string): string => path.replaceAll('/', '-');
/** The name of the function that checks from outside, after the stage's. */
export const CHECK = 'check-from-outside';

/** The namespace of the functions' metrics: stages may share an account. */
export const metricsNamespace = (stage: Stage): string => `PlanoOrders/${stage.name}`;

/** The name of the log group of a service's functions. */
export const logGroupName = (stage: Stage, service: string): string =>
  `/plano-orders/${stage.name}/${service}`;

/** The name of the log group of the gateway. Under its prefix many share one resource policy, which has a limit of size. */
export const accessLogName = (stage: Stage): string => `/aws/vendedlogs/${resourceName(stage, 'access')}`;

/** The name of the topic by which the people on call are told of everything. */
export const alertTopicName = (stage: Stage): string => resourceName(stage, 'pages');

/** The name of the topic by which they are called at once. */
export const pagerTopicName = (stage: Stage): string => resourceName(stage, 'pager');

/** The name of the parameter of SSM's in which the gateway's stack tells the others the API's id, for it has no name of its own. */
export const apiIdName = (stage: Stage): string => `/plano-orders/${stage.name}/api-id`;

/** The name of the parameter of SSM's that holds with what the check from outside was set up. */
export const checkName = (stage: Stage): string => `/plano-orders/${stage.name}/check`;

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
