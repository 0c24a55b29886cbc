import type * as z from 'zod/mini';
import type { Grant } from '../table/grants.ts';
import type { Role } from './session-view.ts';

/** Where every route lives. */
export const BASE_PATH = '/api/v1';

export const SERVICES = ['auth', 'clients', 'orders', 'operations'] as const;
export type Service = (typeof SERVICES)[number];

export const SCOPES = ['orders:read', 'orders:write', 'notifications'] as const;
export type Scope = (typeof SCOPES)[number];

/**
 * By what a route tells people of what it has done: an e-mail to a client, or one to a user, who need not be a client. One that is
 * sent later is saved with what was done, and sent by the function that sends what is due, within a minute or two: the request neither
 * waits for it nor hears of it.
 */
export type Channel = 'email' | 'email-to-user' | 'email-to-user-later';

/**
 * Who may call a route: anyone, without a token; whoever has a session, with or without a role; or users with one of the
 * roles and applications whose token has the scope.
 */
export type Access = 'anyone' | 'session' | { roles: readonly Role[]; scope: Scope };

/**
 * What a route is. Everything else is derived from it: the gateway's route, the function and its permissions, the
 * deployment record, the pipeline. This module and those that define routes import no AWS client, no handler and no
 * environment, so that anything may import them.
 */
export interface Route<
  Path extends string = string,
  Params extends z.ZodMiniObject = z.ZodMiniObject,
  Data extends z.ZodMiniType = z.ZodMiniType,
  Who extends Access = Access,
  Method extends 'GET' | 'POST' = 'GET' | 'POST',
  Preview extends z.ZodMiniType = z.ZodMiniType,
> {
  method: Method;
  /** The path below the base path, which is also the route's name and, below its service, its folder in `functions/routes`. */
  path: Path;
  service: Service;
  /** One sentence for people: what a call of it does. */
  purpose: string;
  /** Whether the body is the JSON text in base64. */
  sensitive: boolean;
  access: Who;
  /** Its parameters; `token` is not among them, since the pipeline takes it. */
  params: Params;
  /** What `data` holds when the action was done. */
  data: Data;
  /**
   * What `data` holds of a dry run; the route takes `dry_run` then, and its action says what would be in the outcome that it commits
   * with. It is another schema than `data`, which would lack for everybody what only a dry run leaves out.
   */
  preview?: Preview;
  /** How its own action uses the table, in the words of stores; how the pipeline does for it is in `tableGrants`. */
  table: Grant;
  /** By which channels it sends; whoever sends e-mail needs Mandrill's key. */
  sends?: readonly Channel[];
  /** Whether it puts what it leaves to be sent later into the queue, so that it is sent within seconds. */
  queuesEmail?: boolean;
  /** Whether it ends the session that it is called with. */
  endsSession?: boolean;
}

/** The data of a dry run of a route; never where there is none. */
export type PreviewOf<R extends Route> = z.output<NonNullable<R['preview']>>;

/** Defines a route, keeping the exact types of its method, path, parameters, data, access and preview. */
export const defineRoute = <
  Path extends string,
  Params extends z.ZodMiniObject,
  Data extends z.ZodMiniType,
  const Who extends Access,
  Method extends 'GET' | 'POST',
  Preview extends z.ZodMiniType = never,
>(
  route: Route<Path, Params, Data, Who, Method, Preview>,
): Route<Path, Params, Data, Who, Method, Preview> => route;

/** Whether a route sends e-mail itself, to whomever. */
export const sendsEmail = ({ sends = [] }: Pick<Route, 'sends'>): boolean =>
  sends.some((channel) => channel !== 'email-to-user-later');

/** The gateway's key of a route, such as `POST /api/v1/orders/update`. */
export const routeKey = (route: Pick<Route, 'method' | 'path'>): string =>
  `${route.method} ${BASE_PATH}/${route.path}`;
