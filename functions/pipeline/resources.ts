import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type Route, sendsEmail } from '../contract/define-route.ts';
import type { Deadline } from '../table/deadline.ts';
import { type Environment, environmentSchema } from '../table/environment.ts';
import type { Retries } from '../table/retry.ts';
import { connect, Table } from '../table/table.ts';
import type { Action } from './action.ts';
import type { Middleware } from './exchange.ts';
import { mailerFor } from './mailer.ts';

/** Everything that an action can be bound to, for the time of one request. */
export interface Resources {
  table: Table;
  /** The stage's name, such as `dev`. */
  stage: string;
  now: Date;
  /** How long there is time. */
  deadline: Deadline;
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
 * Parses the environment, once, connects the table, and binds the route's action to them. A fault in the environment is thus
 * an answer in the envelope and not a crash at start-up.
 */
export const resources = <R extends Route>(
  route: R,
  bind: Bind<R>,
  { clock, retries }: Outside,
): Middleware => {
  let environment: Environment | undefined;
  return {
    before: ({ context: { exchange } }) => {
      environment ??= environmentSchema.parse(process.env);
      const { TABLE_NAME, STAGE: stage } = environment;
      const { deadline, now } = exchange;
      client ??= connect();
      const table = new Table(client, TABLE_NAME, deadline, retries());
      const report = (fault: unknown): void => void exchange.faults.push(fault);
      exchange.table = table;
      if (sendsEmail(route)) {
        const waited = (milliseconds: number): void => {
          exchange.emails.milliseconds += milliseconds;
        };
        exchange.outbox = mailerFor({ table, deadline, now: clock, report, waited });
      }
      exchange.action = bind({ table, stage, now, deadline, report });
    },
  };
};
