import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** A request to DynamoDB as it went over the wire: the operation's name without its version, and its input. */
export interface WireRequest {
  operation: string;
  // biome-ignore lint/suspicious/noExplicitAny: what each operation sends is for the test to know.
  input: any;
  /** Whose request it is. */
  accessKeyId: string;
}

/** What DynamoDB answers. */
export interface Reply {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: likewise.
  output: any;
}

/** What goes wrong with a request; `forward` hands it, or what is put in its place, to the real DynamoDB Local. */
export type Fault = (
  request: WireRequest,
  forward: (input: unknown) => Promise<Reply>,
) => Promise<Reply | 'reset' | 'silence'>;

const failure = (status: number, name: string, more: object = {}): Reply => ({
  status,
  output: { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: `${name}, injected`, ...more },
});

export const throttling: Fault = async () => failure(400, 'ThrottlingException');
export const internalError: Fault = async () => failure(500, 'InternalServerError');
/** The connection breaks before DynamoDB gets the request. */
export const reset: Fault = async () => 'reset';
/** The connection stays open, and nothing comes. */
export const silence: Fault = async () => 'silence';
/** DynamoDB does what is asked, and its answer gets lost. */
export const answerLost: Fault = async ({ input }, forward) => {
  await forward(input);
  return 'reset';
};
/** A transaction is cancelled for these reasons, one for each of its writes. */
export const cancelled =
  (...codes: string[]): Fault =>
  async () =>
    failure(400, 'TransactionCanceledException', { CancellationReasons: codes.map((Code) => ({ Code })) });
/** A BatchGetItem gets as far as its first `count` keys. */
export const processing =
  (count: number): Fault =>
  async ({ input }, forward) => {
    const [[table, { Keys, ...how }]] = Object.entries<{ Keys: unknown[] }>(input.RequestItems) as [
      [string, { Keys: unknown[] }],
    ];
    const reply = await forward({ RequestItems: { [table]: { ...how, Keys: Keys.slice(0, count) } } });
    reply.output.UnprocessedKeys = { [table]: { ...how, Keys: Keys.slice(count) } };
    return reply;
  };

/** The wire between the SDK and DynamoDB Local: it keeps every request, and can be told what goes wrong. */
export class Wire {
  /** What was sent, in order. */
  readonly requests: WireRequest[] = [];
  readonly #target: string;
  readonly #authorization: string | undefined;
  readonly #faults: { operation: string; fault: Fault; times: number }[] = [];
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  private constructor(target: string, authorization: string | undefined) {
    this.#target = target;
    this.#authorization = authorization;
  }

  /**
   * @param target where DynamoDB Local listens
   * @param authorization the header that takes the place of the one that comes, to get to another database
   */
  static async start(target: string, authorization?: string): Promise<Wire> {
    const wire = new Wire(target, authorization);
    wire.#server.listen(0, '127.0.0.1');
    await once(wire.#server, 'listening');
    return wire;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The operations that were sent, in order. */
  get operations(): string[] {
    return this.requests.map(({ operation }) => operation);
  }

  /** Has the next requests for an operation go wrong; told several times, in that order. */
  fail(operation: string, fault: Fault, times = 1): void {
    this.#faults.push({ operation, fault, times });
  }

  /** Forgets what was sent and what was to go wrong. */
  reset(): void {
    this.requests.length = 0;
    this.#faults.length = 0;
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  #faultOf(operation: string): Fault | undefined {
    const planned = this.#faults.find((entry) => entry.operation === operation && entry.times > 0);
    if (planned === undefined) return undefined;
    planned.times -= 1;
    return planned.fault;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const operation = String(request.headers['x-amz-target']).replace(/^DynamoDB_\d+\./, '');
    const [, accessKeyId = ''] = /Credential=([^/]+)/.exec(String(request.headers.authorization)) ?? [];
    const sent = { operation, input: await json(request), accessKeyId };
    this.requests.push(sent);
    const forward = (input: unknown) => this.#forward(request, input);
    const reply = await (this.#faultOf(operation)?.(sent, forward) ?? forward(sent.input));
    if (reply === 'reset') request.socket.resetAndDestroy();
    else if (reply !== 'silence') {
      response
        .writeHead(reply.status, { 'content-type': 'application/x-amz-json-1.0' })
        .end(JSON.stringify(reply.output));
    }
  }

  async #forward({ headers }: IncomingMessage, input: unknown): Promise<Reply> {
    const answer = await fetch(this.#target, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': String(headers['x-amz-target']),
        authorization: this.#authorization ?? String(headers.authorization),
      },
      body: JSON.stringify(input),
    });
    return { status: answer.status, output: await answer.json() };
  }
}
