import * as z from 'zod';
import type { InvocationResult } from './functions.ts';
import { type LoopbackReply, type LoopbackServer, serveLoopback } from './loopback.ts';

const reply = (status: number, body: unknown): LoopbackReply => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

const deploymentSchema = z.object({
  folder: z.string(),
  release: z
    .string()
    .min(1, 'A release needs a name.')
    .max(500, 'A release has a name of 500 characters at most.'),
});

interface Orders {
  runSchedules: (name: string) => Promise<InvocationResult[]>;
  /** Deploys what was synthesised into a folder, under the name of a release. */
  deploy: (folder: string, release: string) => Promise<void>;
}

/**
 * Takes orders for the running stack from other commands on this machine: `POST /schedules/<name>` has a schedule run now, and
 * `POST /deployments` deploys another release, or says why not.
 */
export const startControl = ({ runSchedules, deploy }: Orders): Promise<LoopbackServer> =>
  serveLoopback(async ({ method, path, body }) => {
    const [, name] = /^\/schedules\/([^/]+)$/.exec(path) ?? [];
    if (method === 'POST' && name !== undefined) return reply(200, await runSchedules(name));
    if (method !== 'POST' || path !== '/deployments') return reply(404, {});
    const { data, error } = deploymentSchema.safeParse(JSON.parse(body));
    if (error !== undefined)
      return reply(400, { message: error.issues.map((issue) => issue.message).join(' ') });
    return deploy(data.folder, data.release).then(
      () => reply(200, {}),
      ({ message }: Error) => reply(409, { message }),
    );
  });
