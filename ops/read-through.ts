import { paginateScan } from '@aws-sdk/lib-dynamodb';
import type { Row } from '../functions/table/row.ts';
import { say } from './print.ts';
import type { Target } from './target.ts';

/** Nobody waits longer than this for a word of how far it is. */
const SILENT_MS = 3_000;

/**
 * Reads the whole table, telling how far it has got.
 *
 * @param filter which rows are dealt with, as a scan takes it
 * @param done what is done to them, such as `changed`
 * @param deal deals with some rows, and gives how many it has done that to
 * @returns how far it has got at the end, in words
 */
export const readThrough = async (
  { documents, tableName }: Pick<Target, 'documents' | 'tableName'>,
  filter: Omit<Parameters<typeof paginateScan>[1], 'TableName'>,
  done: string,
  deal: (rows: readonly Row[]) => Promise<number>,
): Promise<string> => {
  let [read, count, said] = [0, 0, Date.now()];
  const inWords = () => `${read} rows read, ${count} ${done}`;
  for await (const { Items = [], ScannedCount = 0 } of paginateScan(
    { client: documents },
    { TableName: tableName, ...filter },
  )) {
    count += await deal(Items);
    read += ScannedCount;
    if (Date.now() - said < SILENT_MS) continue;
    say(`${inWords()} …`);
    said = Date.now();
  }
  return inWords();
};
