import type { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Row } from './row.ts';

/** Whether an error says that the condition of an update did not hold. */
export const isConditionFailed = (error: unknown): error is ConditionalCheckFailedException =>
  error instanceof Error && error.name === 'ConditionalCheckFailedException';

/** Whether the condition of a write holds; a write may also leave its work to whoever came before it. */
export const conditionHolds = async (write: Promise<unknown>): Promise<boolean> => {
  try {
    await write;
    return true;
  } catch (error) {
    if (isConditionFailed(error)) return false;
    throw error;
  }
};

/** The row that did not hold an update's condition, if there is one; the update has to ask for it. */
export const currentRow = ({ Item }: ConditionalCheckFailedException): Row | undefined =>
  Item && unmarshall(Item);
