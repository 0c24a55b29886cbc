import type { InvocationResult } from './functions.ts';
import { type LoopbackServer, serveLoopback } from './loopback.ts';

const headers = { 'content-type': 'application/json' };

/** Takes orders for the running stack from other commands on this machine: `POST /schedules/<name>` has a schedule run now. */
export const startControl = (
  runSchedules: (name: string) => Promise<InvocationResult[]>,
): Promise<LoopbackServer> =>
  serveLoopback(async ({ method, path }) => {
    const [, name] = /^\/schedules\/([^/]+)$/.exec(path) ?? [];
    return method === 'POST' && name !== undefined
      ? { status: 200, headers, body: JSON.stringify(await runSchedules(name)) }
      : { status: 404, headers, body: '{}' };
  });
