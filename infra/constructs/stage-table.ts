import { type ITable, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { ownTableName, type Stage, tableName } from '../stages.ts';

/**
 * The table that a stage uses, by its name, so that one restored from a backup can take the place of the one that the state's
 * stack made. While it does, roles allow both: one role is that of the versions before, too, which still answer with the other.
 */
export class StageTable {
  readonly used: ITable;
  readonly arns: string[];

  constructor(scope: Construct, stage: Stage) {
    this.used = Table.fromTableName(scope, 'Table', tableName(stage));
    const own = Table.fromTableName(scope, 'OwnTable', ownTableName(stage));
    this.arns = [...new Set([this.used.tableArn, own.tableArn])];
  }

  get name(): string {
    return this.used.tableName;
  }
}
