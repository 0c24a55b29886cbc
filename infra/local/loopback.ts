import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request as a stand-in sees it: the path and the query apart, and the body as UTF-8 text. */
export interface LoopbackRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface LoopbackReply {
  status: number;
  headers: OutgoingHttpHeaders;
  body: string;
}

export interface LoopbackServer {
  /** Such as `http://127.0.0.1:40123`. */
  url: string;
  /** Ends the server at once, with its open connections and unanswered requests. */
  close(): Promise<void>;
}

/** The path and the query of what stands in a request's first line. */
export const targetOfUrl = (url = ''): Pick<LoopbackRequest, 'path' | 'query'> => {
  const [path = '', query] = url.split('?', 2);
  return { path, query: new URLSearchParams(query) };
};

/**
 * Serves HTTP to this machine only.
 * @param answer gives the reply to a request, or `undefined` to leave it without any.
 * @param port 0 for any free one; rejects with the error `EADDRINUSE` when a given one is taken.
 */
export const serveLoopback = async (
  answer: (request: LoopbackRequest) => LoopbackReply | undefined | Promise<LoopbackReply>,
  port = 0,
): Promise<LoopbackServer> => {
  const server = createServer(async (request, response) => {
    // A client that goes away in the middle of its body is owed nothing.
    const body = await text(request).catch(() => undefined);
    if (body === undefined) return;
    const { method = '', url, headers } = request;
    const reply = await answer({ method, ...targetOfUrl(url), headers, body });
    if (reply) response.writeHead(reply.status, reply.headers).end(reply.body);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
