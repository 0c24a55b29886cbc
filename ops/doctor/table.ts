import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  ResourceNotFoundException,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import { tableIndexes } from '../../functions/table/indexes.ts';
import { awsCommand, opsCommand, type Target } from '../target.ts';
import { type Check, deployCommand, ok, wrong } from './check.ts';

/** What DynamoDB says of the stage's table; undefined when there is none. */
export const describeTable = async ({
  documents,
  tableName,
}: Target): Promise<TableDescription | undefined> => {
  try {
    return (await documents.send(new DescribeTableCommand({ TableName: tableName }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
};

const there: Check = {
  name: 'table',
  needs: ['state stack'],
  look: async (target) => {
    const status = (await describeTable(target))?.TableStatus;
    if (status === undefined) return wrong(`There is no table ${target.tableName}.`, deployCommand(target));
    return status === 'ACTIVE'
      ? ok(target.tableName)
      : wrong(`It is ${status}: wait until it is ACTIVE.`, opsCommand(target, 'doctor'));
  },
};

const recovery: Check = {
  name: 'recovery',
  needs: ['table'],
  onlyOnAws: true,
  look: async (target) => {
    const { documents, tableName } = target;
    const command = new DescribeContinuousBackupsCommand({ TableName: tableName });
    const { ContinuousBackupsDescription: backups } = await documents.send(command);
    const { PointInTimeRecoveryStatus: status } = backups?.PointInTimeRecoveryDescription ?? {};
    const turnOn = `dynamodb update-continuous-backups --table-name ${tableName} --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true`;
    return status === 'ENABLED'
      ? ok('to any point in time')
      : wrong('The table cannot be restored to a point in time.', awsCommand(target, turnOn));
  },
};

const expiry: Check = {
  name: 'expiry',
  needs: ['table'],
  look: async (target) => {
    const { documents, tableName } = target;
    const command = new DescribeTimeToLiveCommand({ TableName: tableName });
    const { TimeToLiveDescription: ttl } = await documents.send(command);
    const isOn = ttl?.AttributeName === 'expires_at' && /^ENABL(ED|ING)$/.test(ttl.TimeToLiveStatus ?? '');
    const turnOn = `dynamodb update-time-to-live --table-name ${tableName} --time-to-live-specification Enabled=true,AttributeName=expires_at`;
    return isOn
      ? ok('by expires_at')
      : wrong('Rows that have expired are not deleted.', awsCommand(target, turnOn));
  },
};

const protection: Check = {
  name: 'protection',
  needs: ['table'],
  onlyOnAws: true,
  look: async (target) => {
    const turnOn = `dynamodb update-table --table-name ${target.tableName} --deletion-protection-enabled`;
    return (await describeTable(target))?.DeletionProtectionEnabled
      ? ok('from deletion')
      : wrong('The table can be deleted by mistake.', awsCommand(target, turnOn));
  },
};

const indexes: Check = {
  name: 'indexes',
  needs: ['table'],
  look: async (target) => {
    const present = (await describeTable(target))?.GlobalSecondaryIndexes ?? [];
    const faults = Object.entries(tableIndexes).flatMap(([name, { partition, sort }]) => {
      const found = present.find(({ IndexName }) => IndexName === name);
      if (found === undefined) return [`${name} is missing`];
      const keys = found.KeySchema?.map(({ AttributeName, KeyType }) => `${KeyType} ${AttributeName}`);
      if (keys?.join() !== `HASH ${partition},RANGE ${sort}`) return [`${name} has other keys`];
      return found.IndexStatus === 'ACTIVE' ? [] : [`${name} is ${found.IndexStatus}`];
    });
    return faults.length === 0
      ? ok(Object.keys(tableIndexes).join(', '))
      : wrong(`${faults.join('; ')}.`, deployCommand(target));
  },
};

/** Of the table: whoever has restored one finds with them what a restored table lacks. */
export const tableChecks = [there, recovery, expiry, protection, indexes];
