import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { deliver, type MailerResources } from '../adapters/mailer.ts';
import { connect, Table } from '../adapters/table.ts';
import type { Route } from '../contract/define-route.ts';
import { emailEnvironmentSchema, environmentSchema } from '../contract/environment.ts';
import type { Email } from '../domain/email.ts';
import type { Action } from './action.ts';
import type { Exchange, Middleware } from './exchange.ts';

/** What an action can be bound to, for the time of one request. */
export interface Resources {
  table: Table;
  now: Date;
  /** Sends a saved e-mail; tells whether Mandrill took it. The route must say that it sends e-mail. */
  deliver(email: Email): Promise<boolean>;
  /** Has the log tell of a fault of ours that the client need not know of. */
  report(fault: unknown): void;
}

export type Bind<R extends Route> = (resources: Resources) => Action<R>;

/** Kept for the life of the function's instance, since connecting is what takes longest. */
let client: DynamoDBDocumentClient | undefined;

/**
 * Parses the environment, connects the table, and binds the route's action to them. A fault in the environment is thus
 * an answer in the envelope and not a crash at start-up.
 */
export const resources = <R extends Route>(route: R, bind: Bind<R>, clock: () => Date): Middleware => ({
  before: ({ context: { exchange } }) => {
    const environment = environmentSchema.parse(process.env);
    const emailEnvironment = route.sendsEmail ? emailEnvironmentSchema.parse(process.env) : undefined;
    client ??= connect();
    const table = new Table(client, environment.TABLE_NAME, exchange.deadline);
    exchange.table = table;
    const report = (fault: unknown): void => void exchange.faults.push(fault);
    exchange.action = bind({
      table,
      now: exchange.now,
      report,
      deliver: (email) => {
        if (emailEnvironment === undefined)
          throw new Error(`${route.path} does not say that it sends e-mail`);
        return counted(exchange, email, {
          table,
          environment: emailEnvironment,
          deadline: exchange.deadline,
          now: clock,
          report,
        });
      },
    });
  },
});

const counted = async ({ emails }: Exchange, email: Email, mailer: MailerResources): Promise<boolean> => {
  const delivery = await deliver(email, mailer);
  if (delivery.sent) emails.sent += 1;
  else emails.failures.push(delivery.failure);
  return delivery.sent;
};
