import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

interface Passed {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}
/** Passes the request on, and gives what was answered. */
type Pass = () => Promise<Passed>;
type Fault = (pass: Pass, response: ServerResponse) => Promise<unknown>;

const written = (response: ServerResponse, status: number, body: string | Buffer, headers = {}) =>
  response.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers }).end(body);

const refusal = (status: string) => JSON.stringify({ status, message: 'Not now.', request_id: 'proxy' });
const inSeconds = (seconds: number) => ({ 'retry-after': String(seconds) });

/** What can come between, with and without the request's having been done. */
const FAULTS: Readonly<Record<string, Fault>> = {
  'the request is lost': async (_, response) => response.destroy(),
  'the answer is lost': async (pass, response) => {
    await pass();
    response.destroy();
  },
  'the answer breaks off': async (pass, response) => {
    const { status, headers, body } = await pass();
    response.writeHead(status, { ...headers, 'content-length': body.length });
    response.write(body.subarray(0, body.length / 2), () => response.destroy());
  },
  'no answer comes': async (pass) => pass(),
  'the gateway throttles': async (_, response) => written(response, 429, '{"message":"Too Many Requests"}'),
  'the gateway waits no longer': async (pass, response) => {
    await pass();
    written(response, 503, '{"message":"Service Unavailable"}');
  },
  'the function breaks': async (_, response) => written(response, 500, '{"message":"Internal Server Error"}'),
  'the function breaks after all was done': async (pass, response) => {
    await pass();
    written(response, 500, refusal('application-crash'));
  },
  'the table is away': async (_, response) =>
    written(response, 500, refusal('application-crash'), inSeconds(5)),
  'the service is withdrawn': async (_, response) =>
    written(response, 503, refusal('service-not-found'), inSeconds(30)),
  'something else answers': async (pass, response) => {
    await pass();
    written(response, 502, '<html>Bad gateway</html>');
  },
};

/** Stands between clients and the API, and has things go wrong, as often as it is told to. */
export class FaultyProxy {
  readonly #api: string;
  readonly #server = createServer((request, response) => {
    // Whoever has asked may be gone.
    this.#respond(request, response).catch(() => response.destroy());
  });
  readonly #next: () => string | undefined;
  /** How often each fault has happened. */
  readonly counts: Record<string, number> = {};
  requests = 0;

  private constructor(api: string, next: () => string | undefined) {
    this.#api = api;
    this.#next = next;
  }

  static readonly faults: readonly string[] = Object.keys(FAULTS);

  /** @param next gives the fault of the next request, or none */
  static async start(api: string, next: () => string | undefined): Promise<FaultyProxy> {
    const proxy = new FaultyProxy(api, next);
    await once(proxy.#server.listen(0, '127.0.0.1'), 'listening');
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', headers, url = '' } = request;
    const content = await buffer(request);
    const given = Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name)) as [string, string][];
    const pass: Pass = async () => {
      const body = method === 'GET' ? {} : { body: content };
      const answer = await fetch(this.#api + url, { method, headers: given, ...body });
      const bytes = Buffer.from(await answer.arrayBuffer());
      const kept = [...answer.headers].filter(([name]) => !HOP_BY_HOP.has(name));
      return { status: answer.status, headers: Object.fromEntries(kept), body: bytes };
    };
    this.requests += 1;
    const name = this.#next();
    if (name !== undefined) this.counts[name] = (this.counts[name] ?? 0) + 1;
    const fault = FAULTS[name ?? ''];
    if (fault !== undefined) return void (await fault(pass, response));
    const answer = await pass();
    written(response, answer.status, answer.body, answer.headers);
  }

  async stop(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }
}

const HOP_BY_HOP = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'host',
  'keep-alive',
  'transfer-encoding',
]);
