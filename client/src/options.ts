/** Time as the client knows it; tests bring another. */
export interface Clock {
  /** Milliseconds since whenever. */
  now(): number;
  /** @throws the reason of the signal, as soon as it is aborted */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** From 0 to less than 1. */
  random(): number;
}

export interface ClientOptions {
  /** Where the API is, such as `https://orders.example.com`; empty on its own pages. */
  baseUrl: string;
  /** A session's or an application's, or what gives the one of the moment. */
  token?: string | (() => string | undefined) | undefined;
  /** In the place of the platform's own. */
  fetch?: typeof globalThis.fetch | undefined;
  /** For one try, its answer's body included: 35 seconds, which is longer than the gateway waits. */
  timeoutMs?: number | undefined;
  /** For all tries and the pauses between them: two minutes. A pause that would end after it is not begun. */
  budgetMs?: number | undefined;
  /** How often a request is sent again at most: 6 times. */
  retries?: number | undefined;
  clock?: Clock | undefined;
}

/** The time of the platform. */
export const platformClock: Clock = {
  now: () => performance.now(),
  random: Math.random,
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      const stop = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', stop);
        resolve();
      }, milliseconds);
      if (signal?.aborted) stop();
      signal?.addEventListener('abort', stop, { once: true });
    }),
};
