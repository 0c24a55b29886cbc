import { describe, expect, it } from 'vitest';
import { startGateway } from '../../../infra/local/gateway.ts';
import { cors, ORIGIN, useGateway } from './use-gateway.ts';

const { running, send, post, responseTo } = useGateway();

describe('CORS', () => {
  const preflight = (origin: string) => ({
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    },
  });
  const corsHeadersOf = (headers: Headers) =>
    Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-')));

  it('A preflight request is answered with the CORS headers, whatever its path', async () => {
    const response = await fetch(`${running.gateway.url}/no/such/route`, preflight(ORIGIN));
    expect(response.status).toBe(204);
    expect(corsHeadersOf(response.headers)).toEqual({
      'access-control-allow-origin': ORIGIN,
      'access-control-allow-methods': 'GET,POST',
      'access-control-allow-headers': 'authorization,content-type',
      'access-control-max-age': '7200',
    });
  });

  it('A preflight request of another origin is answered without CORS headers', async () => {
    const response = await fetch(`${running.gateway.url}/echo`, preflight('https://evil.example'));
    expect(response.status).toBe(204);
    expect(corsHeadersOf(response.headers)).toEqual({});
  });

  it('An OPTIONS request that is no preflight request is routed', async () => {
    expect(await send('/echo', { method: 'OPTIONS', headers: { origin: ORIGIN } })).toMatchObject({
      status: 500,
    });
  });

  it('The gateway adds its CORS headers to answers, its own too, and drops the function’s', async () => {
    const expected = {
      'access-control-allow-origin': ORIGIN,
      'access-control-expose-headers': 'x-request-id,retry-after',
    };
    const headers = { 'Access-Control-Allow-Origin': '*', 'access-control-max-age': '1' };
    const response = await responseTo({ statusCode: 200, headers }, { origin: ORIGIN });
    expect(corsHeadersOf(response.headers)).toEqual(expected);
    const failed = await post('/faulty', '{}', { origin: ORIGIN });
    expect(corsHeadersOf(failed.headers)).toEqual(expected);
  });

  it.each([{}, { origin: 'https://evil.example' }, { origin: `${ORIGIN}.evil.example` }])(
    'The gateway adds no CORS headers to the answer to a request with the headers %j',
    async (headers) => {
      const own = { 'Access-Control-Allow-Origin': '*' };
      const response = await responseTo({ statusCode: 200, headers: own }, headers);
      expect(corsHeadersOf(response.headers)).toEqual({});
    },
  );

  it('A gateway without CORS settings leaves a function’s headers alone', async () => {
    const body = JSON.stringify({ statusCode: 200, headers: { 'access-control-allow-origin': '*' } });
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${running.bare.url}/answer`, { method: 'POST', body, headers });
    expect(corsHeadersOf(response.headers)).toEqual({ 'access-control-allow-origin': '*' });
    expect((await fetch(`${running.bare.url}/echo`, preflight(ORIGIN))).status).toBe(404);
  });

  it.each([
    [{ AllowOrigins: ['*'] }, 'https://any.example', '*'],
    [{ AllowOrigins: ['https://*'] }, 'https://any.example', 'https://any.example'],
    [{ AllowOrigins: ['https://*'] }, 'http://any.example', null],
    [{ AllowOrigins: ['http://*'] }, 'http://any.example', 'http://any.example'],
  ])('A gateway with %j allows the origin %s as %s', async (changes, origin, allowed) => {
    const own = await startGateway({
      routes: [],
      cors: { ...cors, ...changes },
      invoke: running.functions.invoke,
      port: 0,
    });
    const response = await fetch(`${own.url}/echo`, { headers: { origin } });
    await own.close();
    expect(response.headers.get('access-control-allow-origin')).toBe(allowed);
  });
});
