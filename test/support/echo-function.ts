import type { Context } from 'aws-lambda';
import type { Fault } from '../../functions/contract/faults.ts';
import type { SessionView } from '../../functions/contract/session-view.ts';
import type { Status } from '../../functions/contract/statuses.ts';
import type { Action } from '../../functions/pipeline/action.ts';
import { pipeline } from '../../functions/pipeline/pipeline.ts';
import type { Bind, Outside } from '../../functions/pipeline/resources.ts';
import { echoRoute } from './echo-route.ts';
import { aContext, anEvent, type Given } from './events.ts';
import { NOW } from './sessions.ts';
import { QUICK } from './wired-table.ts';

/** An answer of a function, taken apart. */
export interface EchoAnswer {
  http: number | undefined;
  headers: Record<string, unknown> | undefined;
  body: {
    status: Status;
    message: string;
    request_id: string;
    data?: unknown;
    session?: SessionView;
    errors?: Fault[];
    errors_total?: number;
  };
}

const echo: Action<typeof echoRoute> = {
  run: ({ params }, begin) => begin().commit({ data: params.complete() }),
};

/** The function of the test route, with its own action or another. Times are told by the clock of the tests. */
export const anEchoFunction = ({
  route = echoRoute,
  bind = () => echo,
  ...outside
}: {
  route?: typeof echoRoute;
  bind?: Bind<typeof echoRoute>;
} & Partial<Outside> = {}) => {
  const handler = pipeline(route, bind, { clock: () => NOW, retries: () => QUICK, ...outside });
  return async (given: Given, context: Context = aContext()): Promise<EchoAnswer> => {
    const { statusCode, headers, body = '' } = await handler(anEvent(given), context);
    return { http: statusCode, headers, body: JSON.parse(body) };
  };
};

/** A function of the test route whose action does what is given. */
export const actingBy = (run: Action<typeof echoRoute>['run']) => anEchoFunction({ bind: () => ({ run }) });
