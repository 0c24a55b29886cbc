import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Grant, TableAction } from '../../functions/table/grants.ts';
import { type Partition, partitions } from '../../functions/table/partitions.ts';
import { allow } from './bundled-function.ts';
import type { StageTable } from './stage-table.ts';

/** The keys of a kind of partition, as IAM's `StringLike` takes them. */
const pattern = (kind: Partition): string => {
  const start = partitions[kind];
  return start.endsWith('#') ? `${start}*` : start;
};

/**
 * Allows what is granted on the table, each action on its own kinds of partition only: each of them comes with the condition
 * key, `ConditionCheckItem` too (Service Authorization Reference). There is one statement for an action, since one statement has
 * to allow all keys of a batch.
 *
 * Whoever reads an index reads all kinds of its partitions, so that a condition would keep nobody from anything; and of an index
 * AWS's guide does not say which keys the condition would be on.
 */
export const useTable = ({ arns }: StageTable, grant: Grant): PolicyStatement[] => {
  const kinds: Partial<Record<TableAction, Partition[]>> = {};
  for (const [kind, actions] of Object.entries(grant.rows) as [Partition, readonly TableAction[]][]) {
    for (const action of actions) kinds[action] = [...(kinds[action] ?? []), kind];
  }
  const onRows = Object.entries(kinds).map(
    ([action, those]) =>
      new PolicyStatement({
        actions: [`dynamodb:${action}`],
        resources: arns,
        conditions: {
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': those.map(pattern).sort() },
          // `ForAllValues` holds of no keys at all, too.
          Null: { 'dynamodb:LeadingKeys': 'false' },
        },
      }),
  );
  const indexes = grant.indexes.flatMap((index) => arns.map((arn) => `${arn}/index/${index}`));
  return [...onRows, ...(indexes.length === 0 ? [] : [allow(['dynamodb:Query'], indexes)])];
};
