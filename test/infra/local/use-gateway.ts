import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { afterAll, beforeAll } from 'vitest';
import { startFunctions } from '../../../infra/local/functions.ts';
import { startGateway } from '../../../infra/local/gateway.ts';
import type { Cors } from '../../../infra/local/template.ts';

export const ORIGIN = 'https://app.example.com';

const handlers = {
  echo: 'exports.handler = async (event) => event;',
  /** Answers what the request's body says. */
  answer: 'exports.handler = async (event) => JSON.parse(event.body);',
  fallback:
    "exports.handler = async (event) => ({ statusCode: 500, body: event.routeKey + ' ' + event.rawPath });",
  faulty: "exports.handler = async () => { throw new Error('secret'); };",
  hanging: 'exports.handler = () => new Promise(() => {});',
};

export const cors: Cors = {
  AllowCredentials: false,
  AllowHeaders: ['authorization', 'content-type'],
  AllowMethods: ['GET', 'POST'],
  AllowOrigins: [ORIGIN],
  ExposeHeaders: ['x-request-id', 'retry-after'],
  MaxAge: 7200,
};

/** A gateway, the same without `$default` and without CORS, and the functions behind them, for the tests of one file. */
export const useGateway = () => {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-'));
  const running = {} as {
    functions: ReturnType<typeof startFunctions>;
    gateway: Awaited<ReturnType<typeof startGateway>>;
    bare: Awaited<ReturnType<typeof startGateway>>;
  };
  beforeAll(async () => {
    for (const [name, code] of Object.entries(handlers)) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'index.js'), code);
    }
    const descriptions = Object.keys(handlers).map((name) => ({
      logicalId: name,
      name,
      handler: 'index.handler',
      codePath: join(folder, name),
      environment: {},
      timeoutSeconds: 60,
      memoryMb: 256,
      logGroup: name,
      role: { managedPolicies: [], statements: [] },
    }));
    running.functions = startFunctions(descriptions, { overrides: {}, onLog: () => {} });
    const routes = [
      { routeKey: 'GET /echo', function: 'echo', timeoutMs: 30_000 },
      { routeKey: 'POST /echo', function: 'echo', timeoutMs: 30_000 },
      { routeKey: 'POST /answer', function: 'answer', timeoutMs: 30_000 },
      { routeKey: 'POST /faulty', function: 'faulty', timeoutMs: 30_000 },
      { routeKey: 'POST /hanging', function: 'hanging', timeoutMs: 50 },
      { routeKey: 'ANY /any', function: 'echo', timeoutMs: 30_000 },
    ];
    const withDefault = [...routes, { routeKey: '$default', function: 'fallback', timeoutMs: 30_000 }];
    running.gateway = await startGateway({
      routes: withDefault,
      cors,
      invoke: running.functions.invoke,
      port: 0,
    });
    running.bare = await startGateway({ routes, cors: undefined, invoke: running.functions.invoke, port: 0 });
  });

  afterAll(async () => {
    await Promise.all([running.gateway.close(), running.bare.close()]);
    await running.functions.close();
    rmSync(folder, { recursive: true });
  });

  /** Sends a request whose target and headers reach the gateway exactly as given, which `fetch` does not promise. */
  const send = async (
    path: string,
    {
      method = 'GET',
      headers = {},
      body = '',
    }: { method?: string; headers?: OutgoingHttpHeaders; body?: string } = {},
  ) => {
    const { hostname, port } = new URL(running.gateway.url);
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const request = httpRequest({ hostname, port, path, method, headers }, resolve);
      request.on('error', reject).end(body);
    });
    return { status: response.statusCode, headers: response.headers, body: await text(response) };
  };

  /** The event that a request made. */
  const eventOf = async (...request: Parameters<typeof send>): Promise<APIGatewayProxyEventV2> =>
    JSON.parse((await send(...request)).body);

  const post = (
    path: string,
    body: RequestInit['body'] & {},
    headers: Record<string, string> = { 'content-type': 'application/json' },
  ) => fetch(`${running.gateway.url}${path}`, { method: 'POST', body, headers });

  /** The response to what the function returned. */
  const responseTo = (returned: unknown, headers: Record<string, string> = {}) =>
    post('/answer', JSON.stringify(returned), { 'content-type': 'application/json', ...headers });

  return { running, send, eventOf, post, responseTo };
};
