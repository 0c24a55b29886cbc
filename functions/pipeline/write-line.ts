import type { Logger } from '@aws-lambda-powertools/logger';
import { described } from './redact.ts';

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
