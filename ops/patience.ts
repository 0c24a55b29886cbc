import { subscribe, unsubscribe } from 'node:diagnostics_channel';

/** Nobody waits longer than this without a word. */
const SILENT_MS = 5_000;
/** Who works through a long list gets an answer in less than this. */
const BUSY_MS = 1_000;

/** A request as Node tells of it: `host` of `node:http`, which AWS's clients use, `origin` of `fetch`. */
interface Request {
  host?: string;
  origin?: string | URL;
}

/** What Node publishes when a request is sent, and when an answer has come or none will ("Diagnostics Channel" in its manual). */
const SENT = ['http.client.request.start', 'undici:request:create'];
const DONE = [
  'http.client.response.finish',
  'http.client.request.error',
  'undici:request:headers',
  'undici:request:error',
];

/**
 * Says on stderr, every 5 s, for whom a command waits and how far it has got, whatever it does: it watches all requests that this
 * process sends. While somebody is asked to type something, nothing is said.
 *
 * @returns ends that
 */
export const sayWhileWaiting = (everyMs = SILENT_MS): (() => void) => {
  const start = performance.now();
  const pending = new Set<Request>();
  let answers = 0;
  let answeredAt = Number.NEGATIVE_INFINITY;
  const onSent = (message: unknown) => void pending.add((message as { request: Request }).request);
  const onDone = (message: unknown) => {
    if (!pending.delete((message as { request: Request }).request)) return;
    answers += 1;
    answeredAt = performance.now();
  };
  for (const name of SENT) subscribe(name, onSent);
  for (const name of DONE) subscribe(name, onDone);

  const timer = setInterval(() => {
    const now = performance.now();
    const [longest] = pending;
    if (longest === undefined && now - answeredAt > BUSY_MS) return;
    const waiting = longest === undefined ? '' : `, waiting for ${longest.host ?? longest.origin}`;
    process.stderr.write(`${Math.round((now - start) / 1_000)} s, ${answers} answers so far${waiting} …\n`);
  }, everyMs);
  timer.unref();

  return () => {
    clearInterval(timer);
    for (const name of SENT) unsubscribe(name, onSent);
    for (const name of DONE) unsubscribe(name, onDone);
  };
};
