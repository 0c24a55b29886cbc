/** An outside service that watches answers at once, or its call is of no use for this minute. */
const REQUEST_TIMEOUT_MS = 2_000;

/**
 * Tells somebody outside that people are still alerted, by calling a URL of theirs; when it is not called any more, they call us.
 *
 * @param patienceMs for how long an answer is waited for, in milliseconds
 * @returns what went wrong, in a word for the log; undefined when they have heard it. It never throws
 */
export const sendHeartbeat = async (
  url: string,
  patienceMs = REQUEST_TIMEOUT_MS,
): Promise<string | undefined> => {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(patienceMs), redirect: 'error' });
    await response.body?.cancel();
    return response.ok ? undefined : String(response.status);
  } catch (error) {
    // The message may quote the URL, which mostly holds a key.
    return error instanceof Error ? error.name : typeof error;
  }
};
