import { expect, it } from 'vitest';
import { writeLine } from '../../functions/pipeline/write-line.ts';
import { Output } from '../support/output.ts';

const output = new Output();
const KIND = { service: 'papers', message: 'fold' };
const line = { order_id: 7 };

it('A line without faults is information', () => {
  writeLine(KIND, line);
  expect(output.text.endsWith('}\n')).toBe(true);
  expect(output.log).toEqual([
    { level: 'INFO', message: 'fold', service: 'papers', timestamp: expect.any(String), order_id: 7 },
  ]);
  expect(new Date(output.log[0].timestamp).toISOString()).toBe(output.log[0].timestamp);
});

it('A line of which somebody should know is a warning', () => {
  writeLine({ ...KIND, warns: true }, line);
  expect(output.log).toMatchObject([{ level: 'WARN', order_id: 7 }]);
});

it('A line with faults is an error, whatever else it warns of, and describes each without anything personal', () => {
  const fault = new Error('no luck with erin@example.com');
  for (const warns of [false, true]) writeLine({ ...KIND, faults: [fault, 'odd'], warns }, line);
  const told = { order_id: 7, faults: [{ name: 'Error', message: 'no luck with ***' }, { name: 'string' }] };
  expect(output.log).toMatchObject([
    { level: 'ERROR', ...told },
    { level: 'ERROR', ...told },
  ]);
});

it('A line with metrics holds their values, and says for CloudWatch what they are', () => {
  writeLine(
    {
      ...KIND,
      metrics: [
        { dimensions: [['service'], ['service', 'tray']], metrics: { Sheets: [3, 'Count'] } },
        { dimensions: [['service']], metrics: { Age: [7, 'Seconds'], Wait: [1.5, 'Milliseconds'] } },
      ],
    },
    { tray: 'upper' },
  );
  const [{ timestamp, _aws, ...values }] = output.log;
  expect(values).toMatchObject({ service: 'papers', tray: 'upper', Sheets: 3, Age: 7, Wait: 1.5 });
  const Namespace = 'PlanoOrders/test';
  expect(_aws).toEqual({
    Timestamp: Date.parse(timestamp),
    CloudWatchMetrics: [
      {
        Namespace,
        Dimensions: [['service'], ['service', 'tray']],
        Metrics: [{ Name: 'Sheets', Unit: 'Count' }],
      },
      {
        Namespace,
        Dimensions: [['service']],
        Metrics: [
          { Name: 'Age', Unit: 'Seconds' },
          { Name: 'Wait', Unit: 'Milliseconds' },
        ],
      },
    ],
  });
});
