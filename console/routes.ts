import type * as z from 'zod/mini';
import type { createSession } from '../functions/routes/sessions/create/route.ts';
import type { destroySession } from '../functions/routes/sessions/destroy/route.ts';

/** The routes that the console calls. Only their types are here: nothing of the API's code is on the page. */
type ConsoleRoute = typeof createSession | typeof destroySession;

export type GetPath = Extract<ConsoleRoute, { method: 'GET' }>['path'];
export type PostPath = Extract<ConsoleRoute, { method: 'POST' }>['path'];

type RouteAt<Path> = Extract<ConsoleRoute, { path: Path }>;
export type ParamsOf<Path> = z.input<RouteAt<Path>['params']>;
export type DataOf<Path> = z.output<RouteAt<Path>['data']>;
