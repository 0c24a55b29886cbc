import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { keyText, type Row } from '../../functions/table/row.ts';
import { Table } from '../../functions/table/table.ts';
import { farDeadline } from './far-deadline.ts';

const NAME = 'scripted';

interface Sent {
  operation: string;
  // biome-ignore lint/suspicious/noExplicitAny: what each operation sends is for the test to know.
  input: any;
}

/** A table that holds the rows it is given and keeps what is sent to it, for tests that need no database. */
export class ScriptedTable {
  readonly sent: Sent[] = [];
  rows: readonly Row[] = [];
  /** What is thrown instead of an answer, if anything is. */
  fault: Error | undefined;

  /** The table as one request has it. */
  open(): Table {
    const client = { send: async (command: object) => this.#answer(command) };
    return new Table(client as unknown as DynamoDBDocumentClient, NAME, farDeadline(), { pausesMs: [] });
  }

  #answer({ constructor: { name }, input }: object & { input?: Sent['input'] }): unknown {
    this.sent.push({ operation: name.replace(/Command$/, ''), input });
    if (this.fault !== undefined) throw this.fault;
    const asked: Parameters<typeof keyText>[0][] = input.RequestItems?.[NAME]?.Keys ?? [];
    const keys = new Set(asked.map(keyText));
    const found = this.rows.filter(({ pk, sk }) => keys.has(keyText({ pk: String(pk), sk: String(sk) })));
    return { Responses: { [NAME]: found } };
  }
}
