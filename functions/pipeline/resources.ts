import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Route } from '../contract/define-route.ts';
import { savedEmail } from '../outbox/outbox.ts';
import { environmentSchema } from '../table/environment.ts';
import type { IdempotencyKey } from '../table/idempotency-key.ts';
import type { Retries } from '../table/retry.ts';
import { connect, Table } from '../table/table.ts';
import type { Write } from '../table/write.ts';
import type { Action, Answered, Outcome } from './action.ts';
import type { Middleware } from './exchange.ts';
import { savedOutcome } from './idempotency.ts';
import { send } from './mail.ts';
import { mailerFor } from './mailer.ts';

/** What an action can be bound to, for the time of one request. */
export interface Resources {
  table: Table;
  /** The stage's name, such as `dev`. */
  stage: string;
  now: Date;
  /** What commits with the action, all or nothing: the e-mail, and with an idempotency key the outcome. */
  writesOf(outcome: Outcome): readonly Write[];
  /** Sends the e-mail of an outcome that has committed, and answers. The route must say that it sends e-mail. */
  answer<Data>(outcome: Outcome<Data>): Promise<Answered<Data>>;
  /** The request's idempotency key, if it has one; known when the action runs. */
  idempotency(): IdempotencyKey | undefined;
  /** Has the log tell of a fault of ours that the client need not know of. */
  report(fault: unknown): void;
}

export type Bind<R extends Route> = (resources: Resources) => Action<R>;

/** What a function has from outside, other than its environment. */
export interface Outside {
  clock(): Date;
  /** How the table is asked again in a request. */
  retries(): Retries;
}

/** Kept for the life of the function's instance, since connecting is what takes longest. */
let client: DynamoDBDocumentClient | undefined;

/**
 * Parses the environment, connects the table, and binds the route's action to them. A fault in the environment is thus
 * an answer in the envelope and not a crash at start-up.
 */
export const resources = <R extends Route>(
  route: R,
  bind: Bind<R>,
  { clock, retries }: Outside,
): Middleware => ({
  before: ({ context: { exchange } }) => {
    const environment = environmentSchema.parse(process.env);
    client ??= connect();
    const table = new Table(client, environment.TABLE_NAME, exchange.deadline, retries());
    exchange.table = table;
    const report = (fault: unknown): void => void exchange.faults.push(fault);
    if (route.sendsEmail) {
      exchange.mailer = mailerFor({ table, deadline: exchange.deadline, now: clock, report });
    }
    exchange.action = bind({
      table,
      stage: environment.STAGE,
      now: exchange.now,
      report,
      idempotency: () => exchange.idempotency,
      writesOf: (outcome) => [
        // First: that the request was done before says more than what else it is refused for.
        ...savedOutcome(exchange, outcome),
        ...(outcome.email === undefined ? [] : [savedEmail(outcome.email, exchange.now)]),
      ],
      answer: async ({ data, email }) => ({
        data,
        ...(email !== undefined && !(await send(exchange, email)) && { status: 'mandrill-email-failed' }),
      }),
    });
  },
});
