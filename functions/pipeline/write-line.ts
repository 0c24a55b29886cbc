import type { Logger } from '@aws-lambda-powertools/logger';
import type { Table } from '../table/table.ts';
import { described } from './redact.ts';

/** What a line tells of DynamoDB: how long it was waited for, and how often it was asked, again included. */
export const dynamoDbUse = ({ asked: { milliseconds, tries } }: Pick<Table, 'asked'>) => ({
  dynamodb_ms: Math.round(milliseconds),
  tries,
});

/**
 * Writes the one line that a request or a job leaves in the log: an error with faults of ours, a warning where `warns` says so.
 *
 * @param message the kind of line, by which the log is searched
 * @param faults described in the line, without anything personal
 */
export const writeLine = (
  logger: Logger,
  message: string,
  line: Readonly<Record<string, unknown>>,
  faults: readonly unknown[],
  warns: boolean,
): void => {
  if (faults.length > 0) logger.error(message, { ...line, faults: faults.map(described) });
  else if (warns) logger.warn(message, line);
  else logger.info(message, line);
};
