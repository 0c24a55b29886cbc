import { type Client, type ClientOptions, createClient } from '../../client/src/index.ts';

/** One thing that a request meets: an answer, or a fault of the network. */
export type Step = Response | Error | ((init: RequestInit) => Promise<Response>);

interface Written {
  http?: number;
  headers?: Record<string, string>;
  [member: string]: unknown;
}

/** An answer in the API's envelope. */
export const enveloped = (status: string, { http = 200, headers = {}, ...more }: Written = {}): Response =>
  new Response(JSON.stringify({ status, message: 'A sentence.', request_id: 'r-1', ...more }), {
    status: http,
    headers,
  });

/** What a client meets that is scripted step by step, in a time that passes only when the client waits. */
export class ScriptedApi {
  readonly sent: { url: string; init: RequestInit }[] = [];
  /** Milliseconds of each pause. */
  readonly pauses: number[] = [];
  readonly client: Client;
  #now = 0;

  /** @param steps met one after another; the last one for ever */
  constructor(steps: readonly Step[], options: Partial<ClientOptions> = {}, random = () => 0.5) {
    const fetch = async (url: unknown, init: RequestInit = {}): Promise<Response> => {
      this.sent.push({ url: String(url), init });
      const step = steps[Math.min(this.sent.length, steps.length) - 1];
      if (step instanceof Error) throw step;
      return typeof step === 'function' ? step(init) : (step?.clone() ?? Response.error());
    };
    const clock = {
      now: () => this.#now,
      random,
      sleep: async (milliseconds: number, signal?: AbortSignal) => {
        signal?.throwIfAborted();
        this.pauses.push(milliseconds);
        this.#now += milliseconds;
      },
    };
    this.client = createClient({ baseUrl: 'https://api.example', token: 'ses_1', fetch, clock, ...options });
  }

  /** The idempotency keys of all that was sent. */
  get keys(): (string | null)[] {
    return this.sent.map(({ init }) => new Headers(init.headers).get('idempotency-key'));
  }
}

/** What a promise was rejected with. */
export const rejection = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    (value) => Promise.reject(new Error(`it was not rejected, but gave ${JSON.stringify(value)}`)),
    (error: unknown) => error,
  );
