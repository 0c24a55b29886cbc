import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';

/** Nobody waits longer than this without a word. */
const SILENT_MS = 5_000;
/** Who works through a long list gets an answer in less than this. */
const BUSY_MS = 1_000;

/** A request as Node tells of it: of `node:http`, which AWS's clients use, or of `fetch`, which has an `origin`. */
type Request = Partial<Pick<ClientRequest, 'getHeader'>> & { origin?: string | URL };

/** What Node publishes when a request is sent, when an answer comes, and when none will ("Diagnostics Channel" in its manual). */
const SENT = ['http.client.request.start', 'undici:request:create'];
const ANSWERED = ['http.client.response.finish', 'undici:request:headers'];
const FAILED = ['http.client.request.error', 'undici:request:error'];

const requestOf = (message: unknown): Request => (message as { request: Request }).request;

/**
 * Says on stderr, every 5 s, for whom a command waits and how far it has got, whatever it does: it watches all requests that this
 * process sends. While somebody is asked to type something, nothing is said.
 *
 * @returns ends that
 */
export const sayWhileWaiting = (): (() => void) => {
  const start = performance.now();
  const pending = new Set<Request>();
  let answers = 0;
  let answeredAt = Number.NEGATIVE_INFINITY;
  const onSent = (message: unknown) => void pending.add(requestOf(message));
  const onAnswer = (message: unknown) => {
    if (!pending.delete(requestOf(message))) return;
    answers += 1;
    answeredAt = performance.now();
  };
  const onFailure = (message: unknown) => void pending.delete(requestOf(message));
  const heard = [
    ...SENT.map((name) => ({ name, listener: onSent })),
    ...ANSWERED.map((name) => ({ name, listener: onAnswer })),
    ...FAILED.map((name) => ({ name, listener: onFailure })),
  ];
  for (const { name, listener } of heard) subscribe(name, listener);

  const timer = setInterval(() => {
    const now = performance.now();
    const [longest] = pending;
    if (longest === undefined && now - answeredAt > BUSY_MS) return;
    const host = longest?.getHeader?.('host') ?? longest?.origin;
    const waiting = host === undefined ? '' : `, waiting for ${host}`;
    process.stderr.write(`${Math.round((now - start) / 1_000)} s, ${answers} answers so far${waiting} …\n`);
  }, SILENT_MS);
  timer.unref();

  return () => {
    clearInterval(timer);
    for (const { name, listener } of heard) unsubscribe(name, listener);
  };
};
