import type { Deadline } from './deadline.ts';

/** An answer rarely takes more than 20 ms. So long is waited for one also when patience has come to an end. */
const LEAST_WAIT_MS = 500;

/**
 * What a request may lose to a table that does not answer, or takes no more, before it says so. It is one for all that the
 * request asks of the table: each operation is tried for a while, and the client would wait for their sum.
 */
export class Patience {
  #left: number;
  #lostUntil = 0;
  readonly #now: () => number;

  /**
   * @param milliseconds so much may be lost in all; what several operations lose at once counts once
   * @param now tells milliseconds, as `performance.now` does
   */
  constructor(milliseconds: number, now = () => performance.now()) {
    this.#left = milliseconds;
    this.#now = now;
  }

  /** Milliseconds that may still be lost; none when that is too little to wait for an answer. */
  get left(): number {
    return this.#left < LEAST_WAIT_MS ? 0 : this.#left;
  }

  /** Counts the time since a try began that has come to nothing, up to now. */
  lose(startedAt: number): void {
    const now = this.#now();
    this.#left -= now - Math.max(startedAt, this.#lostUntil);
    this.#lostUntil = now;
  }

  /**
   * Begins a try, whose signal aborts when the deadline has passed, or the try has taken what is left; `end` it, whatever came
   * of it. `AbortSignal.any` and `timeout` say the same, but what they leave behind costs a tenth of a request.
   */
  begin(deadline: Deadline): { signal: AbortSignal; end(): void } {
    const controller = new AbortController();
    const abort = () => controller.abort(deadline.signal.reason);
    const timer = setTimeout(
      () => controller.abort(new DOMException('No answer came in time.', 'TimeoutError')),
      Math.max(LEAST_WAIT_MS, this.#left),
    );
    deadline.signal.addEventListener('abort', abort);
    const end = () => {
      clearTimeout(timer);
      deadline.signal.removeEventListener('abort', abort);
    };
    return { signal: controller.signal, end };
  }
}
