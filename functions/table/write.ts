import { type CancellationReason, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { type Key, keyText, type Row } from './row.ts';

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];
/** What a request holds besides the name of the table, which the table adds. */
export type WithoutTable<Input> = Omit<Input, 'TableName'>;

/** One write of a transaction, and the error that it means when its condition does not hold. */
export interface Write {
  put?: WithoutTable<NonNullable<TransactItem['Put']>>;
  update?: WithoutTable<NonNullable<TransactItem['Update']>>;
  remove?: WithoutTable<NonNullable<TransactItem['Delete']>>;
  check?: WithoutTable<NonNullable<TransactItem['ConditionCheck']>>;
  /**
   * Whether it makes a row that another may have by what its caller has chosen. Nobody has looked before, since the transaction
   * finds it; a dry run, which has none, reads the row.
   */
  isClaim?: true;
  /** @param current the row as it is, if there is one */
  refused(current: Row | undefined): Error;
}

/** For a write without a condition, which nothing refuses. */
export const unconditional = (): Error => new Error('a write without a condition was refused');

/** Removes a row, whatever it is, for a transaction. */
export const removed = (Key: Key): Write => ({ remove: { Key }, refused: unconditional });

/** What of an update gives a row those attributes, of which there is at least one: one that is undefined is removed. */
export const setting = (attributes: Row) => {
  const set: string[] = [];
  const removed: string[] = [];
  const ExpressionAttributeNames: Record<string, string> = {};
  const ExpressionAttributeValues: Record<string, unknown> = {};
  for (const [index, name] of Object.keys(attributes).entries()) {
    const value = attributes[name];
    ExpressionAttributeNames[`#${index}`] = name;
    if (value === undefined) removed.push(`#${index}`);
    else {
      set.push(`#${index} = :${index}`);
      ExpressionAttributeValues[`:${index}`] = value;
    }
  }
  const clauses = [
    ...(set.length > 0 ? [`SET ${set.join(', ')}`] : []),
    ...(removed.length > 0 ? [`REMOVE ${removed.join(', ')}`] : []),
  ];
  return {
    UpdateExpression: clauses.join(' '),
    ExpressionAttributeNames,
    // DynamoDB refuses values of which there are none.
    ...(set.length > 0 && { ExpressionAttributeValues }),
  };
};

/** The condition that a row has those attributes as they were read: one that is undefined is not there. */
export const asRead = (attributes: Row) => {
  const conditions: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(attributes)) {
    conditions.push(value === undefined ? `attribute_not_exists(${name})` : `${name} = :read_${name}`);
    if (value !== undefined) values[`:read_${name}`] = value;
  }
  return {
    ConditionExpression: conditions.join(' AND '),
    // DynamoDB refuses values of which there are none.
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
  };
};

/** The key of the row that a write is of. */
export const keyOf = ({ put, update, remove, check }: Write): Key =>
  (put?.Item ?? update?.Key ?? remove?.Key ?? check?.Key) as unknown as Key;

/** Which row a write is of; a transaction takes only one write of each. */
export const rowOf = (write: Write): string => keyText(keyOf(write));

/** What a cancelled transaction means: the first write whose condition did not hold says it. */
export const meaningOf = (error: unknown, writes: readonly Write[]): Error | undefined => {
  if (!(error instanceof TransactionCanceledException)) return undefined;
  const reasons: CancellationReason[] = error.CancellationReasons ?? [];
  const index = reasons.findIndex(({ Code }) => Code === 'ConditionalCheckFailed');
  const item = reasons[index]?.Item;
  return writes[index]?.refused(item && unmarshall(item));
};
