import { describe, expect, it } from 'vitest';
import { useGateway } from './use-gateway.ts';

const { responseTo } = useGateway();

describe('the response', () => {
  it('The response has the status, headers, cookies and body that the function returned', async () => {
    const response = await responseTo({
      statusCode: 201,
      headers: {
        'Content-Type': 'application/json',
        'X-Number': 7,
        'Content-Length': 999,
        connection: 'close',
      },
      cookies: ['a=1; Path=/', 'b=2'],
      body: '{"é":1}',
    });
    expect(response.status).toBe(201);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.get('x-number')).toBe('7');
    expect(response.headers.get('connection')).toBe('keep-alive');
    expect(response.headers.get('content-length')).toBe('8');
    expect(response.headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2']);
    expect(response.headers.get('apigw-requestid')).toMatch(/^[\w+/]{15}=$/);
    expect(await response.text()).toBe('{"é":1}');
  });

  it('The response is decoded when the function says that it is in base64', async () => {
    const bytes = Buffer.from([0, 255, 10]);
    const response = await responseTo({
      statusCode: 200,
      body: bytes.toString('base64'),
      isBase64Encoded: true,
    });
    expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
  });

  it('The response is plain text without a content type, and empty without a body', async () => {
    const response = await responseTo({ statusCode: '404' });
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await response.text()).toBe('');
  });

  it.each([null, 'text', 7, [1], { message: 'x' }])(
    'The response to %j, which has no status, is that as JSON',
    async (value) => {
      const response = await responseTo(value);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('application/json');
      expect(await response.json()).toEqual(value);
    },
  );

  it.each([
    { statusCode: 'none' },
    { statusCode: 42 },
    { statusCode: 200, body: { not: 'text' } },
    { statusCode: 200, headers: { a: ['b'] } },
    { statusCode: 200, headers: { a: 'line\nfeed' } },
  ])('The response to %j is 500', async (returned) => {
    const response = await responseTo(returned);
    expect(response.status).toBe(500);
    expect(await response.text()).toBe('{"message":"Internal Server Error"}');
  });
});
