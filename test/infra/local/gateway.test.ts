import { Agent, request as httpRequest } from 'node:http';
import { describe, expect, it } from 'vitest';
import { startGateway } from '../../../infra/local/gateway.ts';
import { cors, useGateway } from './use-gateway.ts';

const { running, send, eventOf, post } = useGateway();

describe('the route', () => {
  it.each([
    ['GET', '/echo', 'GET /echo'],
    ['POST', '/echo', 'POST /echo'],
    ['GET', '/%65cho', 'GET /echo'],
    ['DELETE', '/any', 'ANY /any'],
  ])('The route of %s %s is %s', async (method, path, routeKey) => {
    expect((await eventOf(path, { method })).routeKey).toBe(routeKey);
  });

  it.each([
    ['PUT', '/echo'],
    ['GET', '/echo/'],
    ['GET', '/ECHO'],
    ['GET', '/'],
  ])('The route of %s %s is $default', async (method, path) => {
    expect(await send(path, { method })).toMatchObject({ status: 500, body: `$default ${path}` });
  });

  it('A route that does not exist is 404 without $default', async () => {
    const response = await fetch(`${running.bare.url}/nothing`);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.text()).toBe('{"message":"Not Found"}');
  });
});

it('An answer to HEAD has no length, which would be that of what GET gets', async () => {
  const response = await fetch(`${running.gateway.url}/any`, { method: 'HEAD' });
  expect([response.status, response.headers.get('content-length')]).toEqual([200, null]);
});

describe("the gateway's own answer", () => {
  it('The gateway’s own answer is 500 when the function fails, without saying why', async () => {
    const response = await post('/faulty', '{}');
    expect(response.status).toBe(500);
    expect(response.headers.get('apigw-requestid')).toBeTruthy();
    expect(await response.text()).toBe('{"message":"Internal Server Error"}');
  });

  it('The gateway’s own answer is 503 when the function takes longer than the route’s limit', async () => {
    const response = await post('/hanging', '{}');
    expect(response.status).toBe(503);
    expect(await response.text()).toBe('{"message":"Service Unavailable"}');
  });

  it('The gateway’s own answer is 500 when the event is over the 6 MB that Lambda takes', async () => {
    const response = await post('/answer', Buffer.alloc(5 * 1024 * 1024), {});
    expect(response.status).toBe(500);
  });

  it('The gateway’s own answer is 413 over 10 MB, also of a body whose length is not announced', async () => {
    const response = await post('/echo', Buffer.alloc(10 * 1024 * 1024 + 1));
    expect(response.status).toBe(413);
    expect(await response.text()).toBe('{"message":"Request Entity Too Large"}');

    const headers = { 'transfer-encoding': 'chunked' };
    const chunked = await send('/echo', { method: 'POST', headers, body: 'x'.repeat(10 * 1024 * 1024 + 1) });
    expect(chunked.status).toBe(413);
  });

  it('The gateway’s own answer is 431 when the request line and the headers are over 10,240 bytes', async () => {
    const headers = { 'x-long': 'x'.repeat(10_240) };
    expect(await send('/echo', { headers })).toMatchObject({ status: 431 });
    expect(await send('/echo', { headers: { 'x-long': 'x'.repeat(10_000) } })).toMatchObject({ status: 200 });
  });

  it.each(['/%', '/%ff', '*', 'http://elsewhere.example/echo'])(
    'The gateway’s own answer is 400 to the target %s',
    async (path) => {
      expect(await send(path)).toMatchObject({ status: 400, body: '{"message":"Bad Request"}' });
    },
  );
});

describe('starting and closing', () => {
  it('The gateway’s start passes on that the port is taken', async () => {
    const port = Number(new URL(running.gateway.url).port);
    const again = startGateway({ routes: [], cors, invoke: running.functions.invoke, port });
    await expect(again).rejects.toMatchObject({ code: 'EADDRINUSE', port });
  });

  it('The gateway closes while clients keep connections open, idle or waiting', async () => {
    const routes = [{ routeKey: 'POST /unanswered', function: 'hanging', timeoutMs: 30_000 }];
    let invoked = () => {};
    const waiting = new Promise<void>((resolve) => {
      invoked = resolve;
    });
    const invoke = () => {
      invoked();
      return new Promise<never>(() => {});
    };
    const own = await startGateway({ routes, cors: undefined, invoke, port: 0 });
    const agent = new Agent({ keepAlive: true });
    await new Promise<void>((resolve) => {
      httpRequest(own.url, { agent }, (response) => response.resume().on('end', resolve)).end();
    });
    const unanswered = fetch(`${own.url}/unanswered`, { method: 'POST' });
    const dropped = expect(unanswered).rejects.toThrow();
    await waiting;
    await own.close();
    await dropped;
    agent.destroy();
  });

  it('The gateway outlives a client that goes away in the middle of its body', async () => {
    const { hostname, port } = new URL(running.gateway.url);
    const headers = { 'content-length': '100' };
    const request = httpRequest({ hostname, port, path: '/echo', method: 'POST', headers });
    const gone = new Promise<void>((resolve) => request.on('close', resolve).on('error', () => {}));
    await new Promise<void>((resolve) => request.write('part', () => resolve()));
    request.destroy();
    await gone;
    expect((await send('/echo')).status).toBe(200);
  });
});
