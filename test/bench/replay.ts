import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { Metered } from './meter.ts';

type Item = Record<string, { S: string }>;
type Reply = Metered['reply'];

const keyOf = ({ pk, sk }: Item): string => `${pk?.S} ${sk?.S}`;
/** What kind of row a key is of, such as `USER USER`. */
const kindOf = (key: Item): string => keyOf(key).replace(/#[^ ]*/, '');

/** The rows that were read by their keys. */
const rowsIn = ({ operation, reply: { output } }: Metered): Item[] => {
  if (operation === 'GetItem') return output.Item === undefined ? [] : [output.Item];
  return operation === 'BatchGetItem' ? Object.values<Item[]>(output.Responses).flat() : [];
};

/**
 * In the place of DynamoDB, answers a request again and again as it was answered once: reads by keys from the rows that were
 * there, everything else in the order in which it came.
 */
export class Replay {
  #rows = new Map<string, Item>();
  #answers = new Map<string, Reply[]>();
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  static async start(): Promise<Replay> {
    const replay = new Replay();
    replay.#server.listen(0, '127.0.0.1');
    await once(replay.#server, 'listening');
    return replay;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Has it answer from then on as a case was answered. */
  play({ cold, warm }: { cold: readonly Metered[]; warm: readonly Metered[] }): void {
    this.#rows = new Map([...cold, ...warm].flatMap(rowsIn).map((row) => [keyOf(row), row]));
    const byOperation = Map.groupBy(warm, ({ operation }) => operation);
    this.#answers = new Map([...byOperation].map(([name, list]) => [name, list.map(({ reply }) => reply)]));
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  /** The row of a key; of one that the request has made anew, such as a new user's, the row of its kind that was there then. */
  #rowAt(key: Item): Item | undefined {
    const row = this.#rows.get(keyOf(key));
    if (row !== undefined) return row;
    const like = [...this.#rows.values()].find((each) => kindOf(each) === kindOf(key));
    return like && { ...like, ...key };
  }

  // biome-ignore lint/suspicious/noExplicitAny: it is what the SDK sends.
  #replyTo(operation: string, input: any): Reply {
    const found = (keys: Item[]): Item[] =>
      keys.map((key) => this.#rowAt(key)).filter((row) => row !== undefined);
    if (operation === 'GetItem') return { status: 200, output: { Item: found([input.Key])[0] } };
    if (operation === 'BatchGetItem') {
      const tables = Object.entries<{ Keys: Item[] }>(input.RequestItems);
      const Responses = Object.fromEntries(tables.map(([table, { Keys }]) => [table, found(Keys)]));
      return { status: 200, output: { Responses, UnprocessedKeys: {} } };
    }
    const answers = this.#answers.get(operation) ?? [];
    const next = answers.shift();
    if (next === undefined) return { status: 500, output: { __type: 'InternalServerError' } };
    answers.push(next);
    return next;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const operation = String(request.headers['x-amz-target']).replace(/^DynamoDB_\d+\./, '');
    const { status, output } = this.#replyTo(operation, await json(request));
    const body = JSON.stringify(output);
    response.writeHead(status, {
      'content-type': 'application/x-amz-json-1.0',
      'content-length': Buffer.byteLength(body),
    });
    response.end(body);
  }
}
