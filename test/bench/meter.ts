import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Row } from '../../functions/table/row.ts';
import { authorizationFor, type Database, localClient } from '../../infra/local/dynamodb.ts';
import { type Fault, type Reply, Wire, type WireRequest } from '../support/wire.ts';
import { unitsOfWrite } from './units.ts';

/** A request to DynamoDB, with what it answered and what that takes of a table's capacity. */
export interface Metered {
  operation: string;
  reply: Reply;
  readUnits: number;
  writeUnits: number;
}

/** A write as it goes over the wire, by itself or in a transaction. */
interface WriteInput {
  TableName: string;
  Key?: never;
  Item?: { pk: never; sk: never };
}

const READS = ['BatchGetItem', 'GetItem', 'Query', 'Scan'];
const WRITES = ['PutItem', 'UpdateItem', 'DeleteItem'];

/** The writes of a request. */
const writesOf = ({ operation, input }: WireRequest): WriteInput[] =>
  operation === 'TransactWriteItems'
    ? input.TransactItems.flatMap((item: Record<string, WriteInput>) => Object.values(item))
    : [input];

/** What the wire between functions and DynamoDB Local carries, counted. */
export class Meter {
  readonly #wire: Wire;
  readonly #documents: DynamoDBDocumentClient;
  /** Whose requests are counted; undefined for nobody's. */
  #accessKeyId: string | undefined;
  #metered: Metered[] = [];

  private constructor(wire: Wire, documents: DynamoDBDocumentClient) {
    this.#wire = wire;
    this.#documents = documents;
    // The wire has a place for what goes wrong with requests, and here each of them is counted there.
    for (const operation of READS) wire.fail(operation, this.#meteringReads(), Number.POSITIVE_INFINITY);
    for (const operation of [...WRITES, 'TransactWriteItems'])
      wire.fail(operation, this.#meteringWrites(), Number.POSITIVE_INFINITY);
  }

  static async start(database: Database): Promise<Meter> {
    const wire = await Wire.start(database.endpoint, authorizationFor(database));
    return new Meter(wire, DynamoDBDocumentClient.from(localClient(database)));
  }

  /** Where functions find DynamoDB. */
  get endpoint(): string {
    return this.#wire.endpoint;
  }

  /** What the owner of an access key asks of DynamoDB while something is done. */
  async during(accessKeyId: string, action: () => Promise<unknown>): Promise<Metered[]> {
    this.#metered = [];
    this.#accessKeyId = accessKeyId;
    await action();
    this.#accessKeyId = undefined;
    return this.#metered;
  }

  async stop(): Promise<void> {
    this.#documents.destroy();
    await this.#wire.stop();
  }

  #note(accessKeyId: string, metered: Metered): void {
    if (accessKeyId === this.#accessKeyId) this.#metered.push(metered);
  }

  /** Of reads DynamoDB Local's own figures are those of AWS. */
  #meteringReads(): Fault {
    return async ({ operation, input, accessKeyId }, forward) => {
      const reply = await forward({ ...input, ReturnConsumedCapacity: 'INDEXES' });
      const consumed: { CapacityUnits: number }[] = [reply.output.ConsumedCapacity].flat();
      const readUnits = consumed.reduce((sum, { CapacityUnits }) => sum + CapacityUnits, 0);
      this.#note(accessKeyId, { operation, reply, readUnits, writeUnits: 0 });
      return reply;
    };
  }

  #meteringWrites(): Fault {
    return async (request, forward) => {
      const { operation, input, accessKeyId } = request;
      const writes = writesOf(request);
      const before = await this.#rowsOf(writes);
      const reply = await forward(input);
      const after = await this.#rowsOf(writes);
      const isInTransaction = operation === 'TransactWriteItems';
      const writeUnits = writes.reduce(
        (sum, _, index) => sum + unitsOfWrite(before[index], after[index], isInTransaction),
        0,
      );
      this.#note(accessKeyId, { operation, reply, readUnits: 0, writeUnits });
      return reply;
    };
  }

  #rowsOf(writes: readonly WriteInput[]): Promise<(Row | undefined)[]> {
    return Promise.all(
      writes.map(async (write) => {
        const command = new GetCommand({
          TableName: write.TableName,
          Key: keyOf(write),
          ConsistentRead: true,
        });
        return (await this.#documents.send(command)).Item;
      }),
    );
  }
}

const keyOf = ({ Key, Item }: WriteInput): { pk: string; sk: string } => {
  const { pk, sk } = unmarshall(Key ?? ({ pk: Item?.pk, sk: Item?.sk } as never));
  return { pk, sk };
};
