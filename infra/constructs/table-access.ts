import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type Grant, READS, type TableAction, WRITES } from '../../functions/table/grants.ts';
import { type Partition, partitions } from '../../functions/table/partitions.ts';
import { allow } from './bundled-function.ts';
import type { StageTable } from './stage-table.ts';

/** The keys of a kind of partition, as IAM's `StringLike` takes them. */
const pattern = (kind: Partition): string => {
  const start = partitions[kind];
  return start.endsWith('#') ? `${start}*` : start;
};

/** Allows those of the actions that are granted, each on the rows of all of them. */
const onRows = (resources: string[], { rows }: Grant, actions: readonly TableAction[]): PolicyStatement[] => {
  const granted = Object.entries(rows) as [Partition, readonly TableAction[]][];
  const kinds = granted.filter(([, those]) => those.some((action) => actions.includes(action)));
  const used = actions.filter((action) => granted.some(([, those]) => those.includes(action)));
  if (used.length === 0) return [];
  return [
    new PolicyStatement({
      actions: used.map((action) => `dynamodb:${action}`),
      resources,
      conditions: {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': kinds.map(([kind]) => pattern(kind)).sort() },
        // `ForAllValues` holds of no keys at all, too.
        Null: { 'dynamodb:LeadingKeys': 'false' },
      },
    }),
  ];
};

/**
 * Allows what is granted on the table, on its own kinds of partition only: each action comes with the condition key,
 * `ConditionCheckItem` too (Service Authorization Reference). All writes share one list of keys, and all reads another: a batch
 * is judged by all of its keys, and whether a transaction is judged by those of each write or by all is said nowhere.
 *
 * Whoever reads an index reads all kinds of its partitions, so that a condition would keep nobody from anything; and of an index
 * AWS's guide does not say which keys the condition would be on.
 */
export const useTable = ({ arns }: StageTable, grant: Grant): PolicyStatement[] => {
  const indexes = grant.indexes.flatMap((index) => arns.map((arn) => `${arn}/index/${index}`));
  return [
    ...onRows(arns, grant, READS),
    ...onRows(arns, grant, WRITES),
    ...(indexes.length === 0 ? [] : [allow(['dynamodb:Query'], indexes)]),
  ];
};
