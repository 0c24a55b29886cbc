import type { NoAnswerReason } from './errors.ts';
import type { Request } from './request.ts';

/** What came of one try: an answer, whosever it is, or none. */
export type Received =
  | { http: number; headers: Headers; text: string }
  | { reason: NoAnswerReason; cause: unknown };

/**
 * The body of an answer. It is cancelled with the signal: Node 20's `fetch` may forget its signal while a body comes, since it holds
 * it weakly.
 */
const textOf = async ({ body }: Response, signal: AbortSignal): Promise<string> => {
  const reader = body?.getReader();
  const cancel = () => void reader?.cancel().catch(() => {});
  signal.addEventListener('abort', cancel);
  const decoder = new TextDecoder();
  let text = '';
  for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
    text += decoder.decode(part.value, { stream: true });
  }
  // What is cancelled ends as if it was whole.
  signal.throwIfAborted();
  return text + decoder.decode();
};

/**
 * Sends a request once.
 *
 * @param milliseconds for the whole of its answer
 * @throws the reason of the signal, when it is aborted
 */
export const send = async (
  { url, init }: Request,
  fetch: typeof globalThis.fetch,
  milliseconds: number,
  signal: AbortSignal | undefined,
): Promise<Received> => {
  // `AbortSignal.any` would say this in a word, but browsers of 2023 do not know it.
  const ending = new AbortController();
  const end = () => ending.abort();
  const timer = setTimeout(end, milliseconds);
  signal?.addEventListener('abort', end);
  try {
    signal?.throwIfAborted();
    const response = await fetch(url, { ...init, signal: ending.signal });
    return { http: response.status, headers: response.headers, text: await textOf(response, ending.signal) };
  } catch (cause) {
    signal?.throwIfAborted();
    return { reason: ending.signal.aborted ? 'timeout' : 'network', cause };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', end);
  }
};
