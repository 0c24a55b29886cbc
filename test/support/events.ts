import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';

/** What of a request differs from a well-formed `POST` of JSON. */
export interface Given {
  /** The parameters, for a body of JSON. */
  params?: unknown;
  /** The body as the gateway hands it on. */
  body?: string;
  isBase64Encoded?: boolean;
  /** Names in lower case, as the gateway gives them; undefined leaves out what would be there. */
  headers?: Record<string, string | undefined>;
  query?: Record<string, string>;
}

/** The event of a request to the test route, as the gateway makes it (payload format 2.0). */
export const anEvent = ({ params, body, isBase64Encoded = false, headers, query }: Given = {}) => {
  const path = '/api/v1/orders/echo';
  const rawQueryString = new URLSearchParams(query).toString();
  const text = body ?? (params === undefined ? undefined : JSON.stringify(params));
  const event: APIGatewayProxyEventV2 = {
    version: '2.0',
    routeKey: `POST ${path}`,
    rawPath: path,
    rawQueryString,
    headers: Object.fromEntries(
      Object.entries({ 'content-type': 'application/json', ...headers }).filter(
        ([, value]) => value !== undefined,
      ),
    ),
    ...(query && { queryStringParameters: query }),
    requestContext: {
      accountId: '000000000000',
      apiId: 'api',
      domainName: 'localhost',
      domainPrefix: 'localhost',
      http: { method: 'POST', path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
      requestId: 'gateway-request',
      routeKey: `POST ${path}`,
      stage: '$default',
      time: '02/Nov/2026:09:30:00 +0000',
      timeEpoch: Date.UTC(2026, 10, 2, 9, 30),
    },
    ...(text !== undefined && { body: text }),
    isBase64Encoded,
  };
  return event;
};

/** Lambda's context of a function that has so many milliseconds left. */
export const aContext = (remaining = 15_000): Context => ({
  callbackWaitsForEmptyEventLoop: true,
  functionName: 'echo',
  functionVersion: '7',
  invokedFunctionArn: 'arn:aws:lambda:local:000000000000:function:echo',
  memoryLimitInMB: '1024',
  awsRequestId: 'function-request',
  logGroupName: '/aws/lambda/echo',
  logStreamName: 'stream',
  getRemainingTimeInMillis: () => remaining,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
});
