import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { vi } from 'vitest';
import { type Key, keyText, type Row } from '../../functions/table/row.ts';
import { Table } from '../../functions/table/table.ts';
import { farDeadline } from './far-deadline.ts';

type Operation = 'BatchGet' | 'Get' | 'Query' | 'TransactWrite' | 'Update';
// biome-ignore lint/suspicious/noExplicitAny: what each operation sends, and is answered, is for the test to know.
type Anything = any;
interface How {
  abortSignal: AbortSignal;
}
interface Asked {
  operation: Operation;
  input: Anything;
}

/** DynamoDB's word that it fails: whatever is asked is asked again, if there is patience for it. */
export const away = (): never => {
  throw Object.assign(new Error('away'), { name: 'InternalServerError', $fault: 'server' });
};

/** The condition of an update does not hold. */
export const conditionFailed = (): never => {
  throw Object.assign(new Error('no'), { name: 'ConditionalCheckFailedException', $fault: 'client' });
};

/** The condition of a transaction's write, by its place, does not hold. */
export const refusedAt = (index: number) => (): never => {
  const reasons = Array.from({ length: index + 1 }, (_, at) => ({
    Code: at === index ? 'ConditionalCheckFailed' : 'None',
  }));
  throw new TransactionCanceledException({ message: 'no', $metadata: {}, CancellationReasons: reasons });
};

/**
 * A table that needs no database. It answers what it was told to answer, and keeps what it was asked. Whatever else it is asked, a
 * row that nobody has spoken of included, is a mistake of the test or a fault of what is tested, and it throws.
 */
export class FakeTable {
  readonly asked: Asked[] = [];
  readonly #rows = new Map<string, Row | undefined>();
  readonly #answers = new Map<Operation, (input: Anything) => unknown>();

  /** These rows are there, as they are given last. */
  holds(...rows: readonly Row[]): this {
    for (const row of rows) this.#rows.set(keyText(row as unknown as Key), row);
    return this;
  }

  /** There are no rows of these keys. */
  lacks(...keys: readonly Key[]): this {
    for (const key of keys) this.#rows.set(keyText(key), undefined);
    return this;
  }

  /** Whatever an operation asks is answered so from now on. */
  answers(operation: Operation, answer: (input: Anything) => unknown = () => ({})): this {
    this.#answers.set(operation, answer);
    return this;
  }

  get operations(): Operation[] {
    return this.asked.map(({ operation }) => operation);
  }

  /** The writes of each transaction, in their order. */
  get transactions(): Anything[][] {
    return this.inputs('TransactWrite').map(({ TransactItems }) => TransactItems);
  }

  /** What was sent of an operation, in order. */
  inputs(operation: Operation): Anything[] {
    return this.asked.filter((asked) => asked.operation === operation).map(({ input }) => input);
  }

  /** The table as one request has it. */
  open(): Table {
    const client = { send: (command: object, how: How) => this.#send(command, how) };
    return new Table(client as unknown as DynamoDBDocumentClient, 'fake', farDeadline(), { pausesMs: [] });
  }

  /** Takes the place of DynamoDB for functions that connect themselves, until mocks are restored. */
  takesCalls(): this {
    vi.spyOn(DynamoDBDocumentClient.prototype, 'send').mockImplementation((command: object, how: unknown) =>
      this.#send(command, how as How),
    );
    return this;
  }

  async #send(command: object & { input?: Anything }, { abortSignal }: How): Promise<Anything> {
    const aborted = new Promise((_, reject) => {
      abortSignal.addEventListener('abort', () =>
        reject(Object.assign(new Error('aborted'), { name: 'AbortError' })),
      );
    });
    return Promise.race([this.#answer(command), aborted]);
  }

  async #answer({ constructor: { name }, input }: object & { input?: Anything }): Promise<Anything> {
    const operation = name.replace(/Command$/, '') as Operation;
    this.asked.push({ operation, input });
    const answer = this.#answers.get(operation);
    if (answer !== undefined) return answer(input);
    if (operation === 'Get') return { Item: this.#row(input.Key) };
    if (operation !== 'BatchGet') throw new Error(`nobody has told the table to take ${operation}`);
    const [[table, { Keys }]] = Object.entries<{ Keys: Key[] }>(input.RequestItems) as [
      [string, { Keys: Key[] }],
    ];
    return { Responses: { [table]: Keys.map((key) => this.#row(key)).filter(Boolean) } };
  }

  #row(key: Key): Row | undefined {
    const text = keyText(key);
    if (!this.#rows.has(text)) throw new Error(`nobody has told the table of ${text}`);
    return this.#rows.get(text);
  }
}
