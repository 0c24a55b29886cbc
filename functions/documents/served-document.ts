import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Answer } from '../pipeline/exchange.ts';
import { HEADERS } from '../pipeline/render.ts';

/** A text compressed, in base64 as Lambda takes it: an HTTP API does not compress. */
export interface CompressedText {
  br: string;
  gzip: string;
}

/** A document as it was made when the stacks were synthesised. */
export interface ServedDocument extends CompressedText {
  text: string;
  contentType: string;
  /** Headers of its own. */
  headers?: Record<string, string>;
}

/** What of a request for a document makes a difference. */
export interface DocumentRequest {
  method: string;
  /** Its header; without it the document goes out as it is. */
  acceptEncoding?: string | undefined;
  requestId: string;
}

/** The request for a document. */
export const documentRequest = (
  { headers, requestContext }: APIGatewayProxyEventV2,
  requestId: string,
): DocumentRequest => ({
  method: requestContext.http.method,
  acceptEncoding: headers['accept-encoding'],
  requestId,
});

/** The codings that `accept-encoding` takes, in lower case; one with a weight of 0 is one that it does not take. */
const codingsIn = (acceptEncoding: string): string[] =>
  acceptEncoding
    .toLowerCase()
    .split(',')
    .map((each) => each.split(';').map((part) => part.trim()))
    .filter(([, weight = '']) => !/^q=0(\.0*)?$/.test(weight))
    .map(([coding = '']) => coding);

/** The answer to a request for a document. */
export const documentAnswer = (
  document: ServedDocument,
  { method, acceptEncoding = '', requestId }: DocumentRequest,
): Answer => {
  const accepted = codingsIn(acceptEncoding);
  const coding = (['br', 'gzip'] as const).find((each) => accepted.includes(each));
  const body = coding ? { body: document[coding], isBase64Encoded: true } : { body: document.text };
  return {
    statusCode: 200,
    headers: {
      ...HEADERS,
      'content-type': document.contentType,
      ...document.headers,
      vary: 'accept-encoding',
      ...(coding && { 'content-encoding': coding }),
      'x-request-id': requestId,
    },
    ...(method !== 'HEAD' && body),
  };
};
