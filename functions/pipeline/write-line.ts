import type { Table } from '../table/table.ts';
import { described } from './redact.ts';

type Unit = 'Count' | 'Milliseconds' | 'Seconds';

/** Metrics that CloudWatch keeps by the same dimensions, of which each set makes metrics of its own. */
export interface Metrics {
  /** Sets of names of members of the line, whose values are texts. */
  dimensions: readonly (readonly string[])[];
  /** Each metric by its name: a value, and the unit that it is in. */
  metrics: Readonly<Record<string, readonly [number, Unit]>>;
}

/** What a line is, apart from what it tells. */
interface Kind {
  service: string;
  /** By which the log is searched. */
  message: string;
  /** Described in the line, without anything personal; with any of them it is an error. */
  faults?: readonly unknown[];
  /** Whether it is a warning, where it is no error. */
  warns?: boolean;
  metrics?: readonly Metrics[];
}

/** What a line tells of DynamoDB: how long it was waited for, and how often it was asked, again included. */
export const dynamoDbUse = ({ asked: { milliseconds, tries } }: Pick<Table, 'asked'>) => ({
  dynamodb_ms: Math.round(milliseconds),
  tries,
});

/** Where a function's metrics are; its environment says it, and does not change. */
const Namespace = process.env.METRICS_NAMESPACE;

/** Members by which CloudWatch reads metrics out of a line (source: its "embedded metric format" specification 0.1.0). */
const embedded = (given: readonly Metrics[], Timestamp: number): object => {
  const CloudWatchMetrics = given.map(({ dimensions, metrics }) => ({
    Namespace,
    Dimensions: dimensions,
    Metrics: Object.entries(metrics).map(([Name, [, Unit]]) => ({ Name, Unit })),
  }));
  const values = given.flatMap(({ metrics }) =>
    Object.entries(metrics).map(([name, [value]]) => [name, value]),
  );
  return { _aws: { Timestamp, CloudWatchMetrics }, ...Object.fromEntries(values) };
};

/**
 * Writes one line: what a request, a job or a step of a deployment leaves in the log, and its metrics with it, since each write
 * keeps the function from answering. It goes past `console`, in whose place Lambda puts a time and an id before each line.
 *
 * @param line what it tells
 */
export const writeLine = (
  { service, message, faults = [], warns = false, metrics = [] }: Kind,
  line: Readonly<Record<string, unknown>>,
): void => {
  const now = new Date();
  const members = {
    level: faults.length > 0 ? 'ERROR' : warns ? 'WARN' : 'INFO',
    message,
    timestamp: now.toISOString(),
    service,
    ...line,
    ...(faults.length > 0 && { faults: faults.map(described) }),
    ...(metrics.length > 0 && embedded(metrics, now.getTime())),
  };
  process.stdout.write(`${JSON.stringify(members)}\n`);
};
