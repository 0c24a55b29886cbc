/** The time that a request has left: everything that waits, waits no longer. */
export interface Deadline {
  /** Aborts when the time is up. */
  signal: AbortSignal;
  /** Milliseconds left. */
  remaining(): number;
}

/** A deadline that can be ended before its time has come, when nothing waits any more. */
export interface RunningDeadline extends Deadline {
  end(): void;
}

/** Kept back of a function's time, in which it still answers and writes its log line. */
export const ANSWER_MS = 500;
/** Kept back besides for what an action still has to say when nothing more comes: that it has saved its change. */
const RESERVE_MS = ANSWER_MS + 500;

/**
 * The deadline of a request.
 *
 * @param remainingInFunction milliseconds until the function is stopped, as Lambda tells
 */
export const deadlineOf = (remainingInFunction: () => number): RunningDeadline => {
  const remaining = () => Math.max(0, remainingInFunction() - RESERVE_MS);
  const controller = new AbortController();
  const pass = () => controller.abort(new DOMException('The time is up.', 'TimeoutError'));
  const timer = setTimeout(pass, remaining()).unref();
  return { signal: controller.signal, remaining, end: () => clearTimeout(timer) };
};
