import { describe, expect, it } from 'vitest';
import { useGateway } from './use-gateway.ts';

const { running, eventOf, post } = useGateway();

describe('the event', () => {
  it('The event describes the request in format 2.0', async () => {
    const event = await eventOf('/echo?a=1&b=x%20y&a=2+3', {
      headers: {
        'User-Agent': 'test',
        'X-Twice': ['one', 'two'],
        Cookie: 'c=1; d=2',
        'X-Forwarded-For': '10.0.0.1',
      },
    });
    const { host } = new URL(running.gateway.url);
    expect(event).toEqual({
      version: '2.0',
      routeKey: 'GET /echo',
      rawPath: '/echo',
      rawQueryString: 'a=1&b=x%20y&a=2+3',
      cookies: ['c=1', 'd=2'],
      headers: {
        'content-length': '0',
        host,
        'user-agent': 'test',
        'x-amzn-trace-id': expect.stringMatching(/^Root=1-[\da-f]{8}-[\da-f]{24}$/),
        'x-forwarded-for': '10.0.0.1, 127.0.0.1',
        'x-forwarded-port': host.split(':')[1],
        'x-forwarded-proto': 'http',
        'x-twice': 'one,two',
      },
      queryStringParameters: { a: '1,2 3', b: 'x y' },
      requestContext: {
        accountId: '000000000000',
        apiId: 'local',
        domainName: '127.0.0.1',
        domainPrefix: '127',
        http: {
          method: 'GET',
          path: '/echo',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: 'test',
        },
        requestId: expect.stringMatching(/^[\w+/]{15}=$/),
        routeKey: 'GET /echo',
        stage: '$default',
        time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
        timeEpoch: expect.any(Number),
      },
      isBase64Encoded: false,
    });
    const { time, timeEpoch } = event.requestContext;
    const [date = '', ...clock] = time.split(':');
    expect(Date.parse(`${date.replaceAll('/', ' ')} ${clock.join(':')}`)).toBe(
      timeEpoch - (timeEpoch % 1000),
    );
  });

  it('The event leaves out query parameters, cookies and body where there are none', async () => {
    const event = await eventOf('/echo?');
    expect(event.rawQueryString).toBe('');
    expect(event).not.toHaveProperty('queryStringParameters');
    expect(event).not.toHaveProperty('cookies');
    expect(event).not.toHaveProperty('body');
  });

  it('The event keeps the trace that the caller began', async () => {
    const headers = { 'x-amzn-trace-id': 'Root=1-5759e988-bd862e3fe1be46a994272793' };
    expect((await eventOf('/echo', { headers })).headers).toMatchObject(headers);
  });

  it.each([
    ['a%zz=1&b=%', { 'a%zz': '1', b: '%' }],
    ['a=%ff', { a: '\ufffd' }],
    ['a&b=', { a: '', b: '' }],
    ['__proto__=1', JSON.parse('{"__proto__":"1"}')],
  ])('The event has the query %s as it was sent, with its parameters', async (query, parameters) => {
    const event = await eventOf(`/echo?${query}`);
    expect(event.rawQueryString).toBe(query);
    expect(event.queryStringParameters).toEqual(parameters);
    expect(Object.keys(event.queryStringParameters ?? {})).toEqual(Object.keys(parameters));
  });

  it.each([
    ['application/json', false],
    ['Application/JSON; charset=utf-8', false],
    ['application/xml', false],
    ['application/javascript', false],
    ['text/plain', false],
    ['application/x-www-form-urlencoded', true],
    ['application/problem+json', true],
    ['application/octet-stream', true],
    [undefined, true],
  ])('The event has a body of content type %s, in base64: %s', async (type, isBase64Encoded) => {
    const body = '{"é":1}';
    const headers = type === undefined ? {} : { 'content-type': type };
    const event = await eventOf('/echo', { method: 'POST', headers, body });
    const expected = isBase64Encoded ? Buffer.from(body).toString('base64') : body;
    expect(event).toMatchObject({ body: expected, isBase64Encoded });
    expect(event.headers['content-length']).toBe(String(Buffer.byteLength(body)));
    expect(event.headers).not.toHaveProperty('transfer-encoding');
  });

  it.each([
    ['a byte of Latin-1', [0xe9], '\ufffd'],
    ['three of the four bytes of a character', [0xf0, 0x9f, 0x98], '\ufffd'],
    ['half of a surrogate pair', [0xed, 0xa0, 0x80], '\ufffd'.repeat(3)],
  ])(
    'The event has text with U+FFFD in the place of %s, and its length as it was sent',
    async (_, bytes, becomes) => {
      const body = Buffer.from([0x22, ...bytes, 0x22]);
      const event = JSON.parse(await (await post('/echo', body)).text());
      expect(event).toMatchObject({ body: `"${becomes}"`, isBase64Encoded: false });
      expect(event.headers['content-length']).toBe(String(body.length));
    },
  );

  it('The event has bytes that are no text as they were sent', async () => {
    const body = Buffer.from([0x22, 0xe9, 0x22]);
    const headers = { 'content-type': 'application/octet-stream' };
    const event = JSON.parse(await (await post('/echo', body, headers)).text());
    expect(event).toMatchObject({ body: body.toString('base64'), isBase64Encoded: true });
  });
});
