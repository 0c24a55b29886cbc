import type { Outcome } from './functions.ts';
import { type LoopbackServer, serveLoopback } from './loopback.ts';

const headers = { 'content-type': 'application/json' };

/** Takes orders for the running stack from other commands on this machine: `POST /schedules` has its schedules run now. */
export const startControl = (runSchedules: () => Promise<Outcome[]>): Promise<LoopbackServer> =>
  serveLoopback(async ({ method, path }) =>
    method === 'POST' && path === '/schedules'
      ? { status: 200, headers, body: JSON.stringify(await runSchedules()) }
      : { status: 404, headers, body: '{}' },
  );
