import * as z from 'zod';
import { HOP_BY_HOP } from './http-api-event.ts';

/** A response as `node:http` takes it, header names in lower case. */
export interface Response {
  status: number;
  headers: Record<string, string | string[]>;
  body: Buffer | string;
}

const proxyResponse = z.object({
  statusCode: z.coerce.number().int().min(200).max(599),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String)).nullish(),
  cookies: z.array(z.string()).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

const json = (status: number, body: string): Response => ({
  status,
  headers: { 'content-type': 'application/json' },
  body,
});

/** An answer of the gateway's own. */
export const gatewayMessage = (status: number, message: string): Response =>
  json(status, JSON.stringify({ message }));

/**
 * The response that an HTTP API makes of what a function returned, in payload format 2.0. What has no `statusCode` is
 * itself the body, as JSON; without a content type a body is plain text.
 *
 * Source: "Create AWS Lambda proxy integrations for HTTP APIs" in the API Gateway developer guide; the content type was
 * observed by the authors of AWS's Lambda Test Tool.
 */
export const httpApiResponse = (payload: unknown): Response => {
  if (typeof payload !== 'object' || payload === null || !('statusCode' in payload))
    return json(200, JSON.stringify(payload));
  const parsed = proxyResponse.safeParse(payload);
  if (!parsed.success) return gatewayMessage(500, 'Internal Server Error');
  const { statusCode, headers, cookies, body, isBase64Encoded } = parsed.data;
  return {
    status: statusCode,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      ...passedOn(headers ?? {}),
      ...(cookies && { 'set-cookie': cookies }),
    },
    body: isBase64Encoded ? Buffer.from(body ?? '', 'base64') : (body ?? ''),
  };
};

const passedOn = (headers: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(headers)
      .map(([name, value]): [string, string] => [name.toLowerCase(), value])
      .filter(([name]) => !HOP_BY_HOP.has(name) && name !== 'content-length'),
  );
