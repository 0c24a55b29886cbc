import type { Answer, PostOptions } from './answers.ts';
import { judge } from './judge.ts';
import { type ClientOptions, type Clock, platformClock } from './options.ts';
import { requestOf } from './request.ts';
import { send } from './send.ts';
import { type RouteFacts, routes } from './table.ts';

/** Calls a route, as often as its answers allow. */
export type Call = (
  path: keyof typeof routes,
  params: object | undefined,
  options?: PostOptions,
) => Promise<Answer<unknown>>;

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 10_000;
/** What a timer can wait for; a longer one, such as an endless one, would end at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Milliseconds before the next try: anything up to twice as long as the time before ("full jitter", so that those who were
 * refused together do not come again together), on top of what the API has asked for.
 *
 * @param tries how many there were
 * @param retryAfter in seconds
 */
export const pauseAfter = (tries: number, retryAfter = 0, { random }: Pick<Clock, 'random'>): number =>
  retryAfter * 1_000 + random() * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (tries - 1));

/** Makes what calls the API. Every try of a call is the same request, with the same key. */
export const callerFor = ({
  baseUrl,
  token,
  fetch = globalThis.fetch,
  timeoutMs = 35_000,
  budgetMs = 120_000,
  retries = 6,
  clock = platformClock,
}: ClientOptions): Call => {
  const api = `${baseUrl.replace(/\/$/, '')}/api/v1/`;

  return async (path, params = {}, { signal, idempotencyKey } = {}) => {
    const facts: RouteFacts = routes[path];
    const given = { token: typeof token === 'function' ? token() : token, key: idempotencyKey };
    const request = requestOf(facts, api + path, params, given);
    const end = clock.now() + budgetMs;
    for (let tries = 1; ; tries += 1) {
      const left = Math.min(timeoutMs, end - clock.now(), LONGEST_TIMER_MS);
      const outcome = judge(await send(request, fetch, left, signal), request.key);
      if ('answer' in outcome) return outcome.answer;
      const pause = pauseAfter(tries, outcome.retryAfter, clock);
      if (!outcome.again || tries > retries || clock.now() + pause >= end) throw outcome.error;
      await clock.sleep(pause, signal);
    }
  };
};
