import { once } from 'node:events';
import {
  Agent,
  createServer,
  type IncomingMessage,
  request as requestFrom,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Access } from './access.ts';
import { callsOf } from './aws-calls.ts';
import { type LoopbackReply, targetOfUrl } from './loopback.ts';
import { topicRefusal } from './topics.ts';

/** Who signed a request, and for which service (Signature Version 4). */
const signerOf = (authorization = ''): { accessKeyId: string; service: string } => {
  const [, accessKeyId = '', service = ''] =
    /Credential=([^/]+)\/\d+\/[^/]+\/([^/]+)\/aws4_request/.exec(authorization) ?? [];
  return { accessKeyId, service };
};

/** What does a service's work on this machine. */
interface Service {
  endpoint: string;
  /** With which it is called, if not with that of the request. */
  authorization?: string;
}

/** A denial as the service words it; all but SNS speak JSON. */
const denial = (service: string, message: string): LoopbackReply =>
  service === 'sns'
    ? topicRefusal('AuthorizationError', message, 403)
    : {
        status: 400,
        headers: { 'content-type': 'application/x-amz-json-1.0' },
        body: JSON.stringify({ __type: 'com.amazon.coral.service#AccessDeniedException', Message: message }),
      };

/**
 * What stands between functions and the services that they use: it knows a function by its access key, and lets through what
 * its role allows, as IAM does on AWS. Signatures are not checked.
 *
 * @param services where each service is, by the name that requests are signed for
 */
export const startAws = async (
  access: Access,
  services: Readonly<Record<string, Service>>,
): Promise<{ endpoint: string; close(): Promise<void> }> => {
  const agent = new Agent({ keepAlive: true });

  const forward = (
    request: IncomingMessage,
    body: Buffer,
    { endpoint, authorization }: Service,
    response: ServerResponse,
  ): void => {
    const { method, url, headers } = request;
    const sent = { ...headers, authorization: authorization ?? headers.authorization };
    const options = { agent, method, path: url, headers: sent };
    const onward = requestFrom(endpoint, options, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      pipeline(answer, response, () => {});
    });
    // Where there is no service there is no answer either.
    onward.on('error', () => response.destroy());
    response.on('close', () => {
      if (!response.writableFinished) onward.destroy();
    });
    onward.end(body);
  };

  const server = createServer(async (request, response) => {
    // A client that goes away in the middle of its body is owed nothing.
    const body = await buffer(request).catch(() => undefined);
    if (body === undefined) return;
    const { accessKeyId, service } = signerOf(request.headers.authorization);
    const { method = '', url, headers } = request;
    const calls = callsOf(service, { method, ...targetOfUrl(url), headers, body: body.toString() });
    const denied = access.judge(accessKeyId, calls);
    const known = services[service];
    if (denied === undefined && known !== undefined) return forward(request, body, known, response);
    const reply = denial(service, denied ?? `there is no ${service} here`);
    response.writeHead(reply.status, reply.headers).end(reply.body);
  });
  // Clients keep connections, and would find one closed at the moment at which they use it again.
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          agent.destroy();
          resolve();
        });
        server.closeAllConnections();
      }),
  };
};
