import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isPreflight, preflightResponse, withCors } from './cors.ts';
import type { Invoke } from './functions.ts';
import { httpApiEvent, targetOf } from './http-api-event.ts';
import { gatewayMessage, httpApiResponse, type Response } from './http-api-response.ts';
import type { Cors, RouteDescription } from './template.ts';

/** "Quotas for configuring and running an HTTP API in API Gateway". */
const MAX_BODY_BYTES = 10 * 1024 * 1024;
const MAX_HEAD_BYTES = 10_240;

interface Options {
  routes: readonly RouteDescription[];
  cors: Cors | undefined;
  invoke: Invoke;
  /** 0 for any that is free. */
  port: number;
}

interface LocalGateway {
  url: string;
  replaceRoutes(routes: readonly RouteDescription[]): void;
  close(): Promise<void>;
}

/**
 * An HTTP API of API Gateway on this machine, for routes whose paths are literal, in payload format 2.0.
 *
 * @returns its URL without a slash at the end; `replaceRoutes`, by which it has others from then on; and `close`, which drops
 *   requests under way
 * @throws the error of `listen`, such as one with the code EADDRINUSE
 */
export const startGateway = async ({ routes, cors, invoke, port }: Options): Promise<LocalGateway> => {
  let routesByKey = new Map<string, RouteDescription>();
  const replaceRoutes = (others: readonly RouteDescription[]): void => {
    routesByKey = new Map(others.map((route) => [route.routeKey, route]));
  };
  replaceRoutes(routes);

  const routed = async (request: IncomingMessage, requestId: string): Promise<Response> => {
    const body = await readBody(request);
    if (!body) return gatewayMessage(413, 'Request Entity Too Large');
    // The limit is documented, the answer to what is over it is not.
    if (headBytes(request) > MAX_HEAD_BYTES) return gatewayMessage(431, 'Request Header Fields Too Large');
    const target = targetOf(request.url);
    if (!target) return gatewayMessage(400, 'Bad Request');
    const keys = [`${request.method} ${target.path}`, `ANY ${target.path}`, '$default'];
    const route = keys.map((key) => routesByKey.get(key)).find((found) => found !== undefined);
    if (!route) return gatewayMessage(404, 'Not Found');

    const event = httpApiEvent(request, target, body, { routeKey: route.routeKey, requestId });
    const outcome = await within(route.timeoutMs, invoke(route.function, event));
    if (!outcome) return gatewayMessage(503, 'Service Unavailable');
    return outcome.ok ? httpApiResponse(outcome.payload) : gatewayMessage(500, 'Internal Server Error');
  };

  const respond = async (request: IncomingMessage, requestId: string): Promise<Response> => {
    if (!cors) return routed(request, requestId);
    if (isPreflight(request)) return preflightResponse(cors, request);
    return withCors(cors, request, await routed(request, requestId));
  };

  const server = createServer(async (request, serverResponse) => {
    // As long and as random as API Gateway's, such as `JKJaXmPLvHcESHA=`.
    const requestId = randomBytes(11).toString('base64');
    try {
      passOn(serverResponse, requestId, await respond(request, requestId));
    } catch {
      // The client has gone, or the function returned a header that HTTP does not know.
      if (!serverResponse.headersSent)
        passOn(serverResponse, requestId, gatewayMessage(500, 'Internal Server Error'));
    }
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    replaceRoutes,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};

const passOn = (
  serverResponse: ServerResponse,
  requestId: string,
  { status, headers, body }: Response,
): void => {
  // Of the answer to HEAD it would have to be that of what GET gets, which the function leaves out.
  const hasLength = status !== 204 && serverResponse.req.method !== 'HEAD';
  const length = hasLength ? { 'content-length': Buffer.byteLength(body) } : {};
  serverResponse.writeHead(status, { 'apigw-requestid': requestId, ...headers, ...length }).end(body);
};

/** The body, or undefined if it is over the limit; it is read to its end either way, so that the client can listen. */
const readBody = async (request: IncomingMessage): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return bytes <= MAX_BODY_BYTES ? Buffer.concat(chunks) : undefined;
};

const headBytes = ({ method = '', url = '', headersDistinct }: IncomingMessage): number =>
  Buffer.byteLength([method, url, ...Object.values(headersDistinct).flat()].join(''));

/** What the promise resolves to, or undefined if that takes longer. */
const within = <T>(milliseconds: number, promise: Promise<T>): Promise<T | undefined> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(undefined), milliseconds);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
