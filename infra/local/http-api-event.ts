import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { ACCOUNT } from './intrinsics.ts';

/** What the request line asks for: the path decoded, as HTTP APIs route and pass it, the query as it came. */
export interface Target {
  path: string;
  query: string;
}

/** The target of a request, or undefined if it is not one that an HTTP API takes. */
export const targetOf = (url = ''): Target | undefined => {
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  if (!path.startsWith('/')) return undefined;
  try {
    return { path: decodeURIComponent(path), query: mark < 0 ? '' : url.slice(mark + 1) };
  } catch {
    return undefined;
  }
};

/** Headers that concern one connection, which ends at the gateway (RFC 9110, section 7.6.1). */
export const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * The event that an HTTP API makes of a request, in payload format 2.0.
 *
 * Source: "Create AWS Lambda proxy integrations for HTTP APIs" in the API Gateway developer guide.
 */
export const httpApiEvent = (
  request: IncomingMessage,
  { path, query }: Target,
  body: Buffer,
  { routeKey, requestId }: { routeKey: string; requestId: string },
): APIGatewayProxyEventV2 => {
  const { method = '', httpVersion, socket } = request;
  const headers = headersOf(request, body);
  const sourceIp = socket.remoteAddress ?? '';
  const [domainName = ''] = (headers.host ?? '').split(':');
  const cookies = request.headers.cookie?.split('; ');
  const queryStringParameters = parametersOf(query);
  // What is malformed in text becomes U+FFFD in the event.
  const isBase64Encoded = body.length > 0 && !isText(headers['content-type']);
  const now = new Date();

  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: query,
    ...(cookies && { cookies }),
    headers,
    ...(queryStringParameters && { queryStringParameters }),
    requestContext: {
      accountId: ACCOUNT,
      apiId: 'local',
      domainName,
      domainPrefix: domainName.split('.')[0] ?? '',
      http: {
        method,
        path,
        protocol: `HTTP/${httpVersion}`,
        sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId,
      routeKey,
      stage: '$default',
      time: commonLogTime(now),
      timeEpoch: now.getTime(),
    },
    ...(body.length > 0 && { body: body.toString(isBase64Encoded ? 'base64' : 'utf8') }),
    isBase64Encoded,
  };
};

const headersOf = (request: IncomingMessage, body: Buffer): Record<string, string> => {
  const { remoteAddress = '', localPort } = request.socket;
  const sent: Record<string, string> = Object.fromEntries(
    Object.entries(request.headersDistinct)
      .filter(([name]) => name !== 'cookie' && !HOP_BY_HOP.has(name))
      .map(([name, values = []]) => [name, values.join(',')]),
  );
  return {
    'x-amzn-trace-id': traceId(),
    ...sent,
    'content-length': String(body.length),
    'x-forwarded-for': [sent['x-forwarded-for'], remoteAddress].filter(Boolean).join(', '),
    'x-forwarded-port': String(localPort),
    'x-forwarded-proto': 'http',
  };
};

const parametersOf = (query: string): Record<string, string> | undefined => {
  // It leaves malformed percent-encoding as it is.
  const decoded = new URLSearchParams(query);
  if (decoded.size === 0) return undefined;
  return Object.fromEntries([...decoded.keys()].map((name) => [name, decoded.getAll(name).join(',')]));
};

/** The content types whose bodies HTTP APIs pass on as text; a form is not among them, nor is a body without a type. */
const isText = (contentType = ''): boolean => {
  const [type = ''] = contentType.split(';');
  return /^(text\/.*|application\/(json|xml|javascript))$/i.test(type.trim());
};

/** Such as `Root=1-5759e988-bd862e3fe1be46a994272793`, as in "AWS X-Ray concepts", tracing header. */
const traceId = (): string => {
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${seconds}-${randomBytes(12).toString('hex')}`;
};

/** Such as `12/Mar/2020:19:03:58 +0000`. */
const commonLogTime = (time: Date): string => {
  const [, day, month, year, clock] = time.toUTCString().split(' ');
  return `${day}/${month}/${year}:${clock} +0000`;
};
