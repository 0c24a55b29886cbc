import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { randomId } from '../../functions/table/ids.ts';
import { QUERIES } from '../../infra/constructs/saved-queries.ts';
import { type Answer, aDatabase, TestStack } from '../support/local-stack.ts';
import { found, type LogLine } from '../support/logs-insights.ts';
import { internalError, Wire } from '../support/wire.ts';

/** What the saved queries find among lines that the stack on this machine has written, and those that Lambda writes on AWS. */
const ID = '8f5075e1-9b0c-4f4e-8f7b-6d2f1c0a1b2c';
const streamOf = (name: string) => `2026/11/25/${name}[7][0a1b2c3d4e5f]`;
const update = streamOf('plano-orders-production-orders-update');

/** As AWS's guides show them: "Troubleshoot invocation issues", "Understanding the Lambda execution environment lifecycle". */
const FAILED = {
  'a time-out': `2026-11-25T09:14:15.004Z ${ID} Task timed out after 15.00 seconds`,
  'the report of a time-out': `REPORT RequestId: ${ID}\tDuration: 15000.00 ms\tBilled Duration: 15000 ms\tMemory Size: 1024 MB\tMax Memory Used: 117 MB\tStatus: timeout`,
  'the report of a function without memory': `REPORT RequestId: ${ID}\tDuration: 812.11 ms\tBilled Duration: 813 ms\tMemory Size: 1024 MB\tMax Memory Used: 1024 MB\tStatus: error\tError Type: Runtime.OutOfMemory`,
  'a runtime that was killed': `RequestId: ${ID} Error: Runtime exited with error: signal: killed`,
  'the kind of that': 'Runtime.ExitError',
  'a process that ended': `RequestId: ${ID} Process exited before completing request`,
  'an error that was thrown': `2026-11-25T09:14:00.123Z\t${ID}\tERROR\tInvoke Error \t{"errorType":"TypeError","errorMessage":"x is not a function","stack":["TypeError: x is not a function"]}`,
  'an error at the start': `2026-11-25T09:14:00.123Z\tundefined\tERROR\tUncaught Exception \t{"errorType":"Error","errorMessage":"no such module","stack":[]}`,
  'a start that took too long': 'INIT_REPORT Init Duration: 10008.67 ms\tPhase: init\tStatus: timeout',
  'a start that failed':
    'INIT_REPORT Init Duration: 245.11 ms\tPhase: init\tStatus: error\tError Type: Runtime.ImportModuleError',
};
const SOUND = {
  start: `START RequestId: ${ID} Version: 7`,
  end: `END RequestId: ${ID}`,
  report: `REPORT RequestId: ${ID}\tDuration: 21.03 ms\tBilled Duration: 22 ms\tMemory Size: 1024 MB\tMax Memory Used: 117 MB`,
  init: 'INIT_START Runtime Version: nodejs:24.v9\tRuntime Version ARN: arn:aws:lambda:eu-west-1::runtime:07a4',
};
const ofLambda = Object.values({ ...SOUND, ...FAILED }).map((message) => ({ stream: update, message }));

let wire: Wire;
let api: TestStack;
let written: LogLine[];
let answers: Record<'sound' | 'crashed' | 'refused', Answer>;
beforeAll(async () => {
  wire = await Wire.start(inject('dynamoDbEndpoint'));
  api = await TestStack.start({ database: aDatabase(wire.endpoint) });
  const broken = randomId();
  await api.put({ pk: `ORDER#${broken}`, sk: 'ORDER', order_id: broken });
  answers = {
    sound: await api.get('sessions/show', api.tokens.client),
    crashed: await api.get(`orders/show?order_id=${broken}`, api.tokens.employee),
    refused: await api.update(
      api.order('mail_rejected'),
      { appointment: { appt_id: api.order('mail_rejected').appt_id, cancel_reason: 'Rain' } },
      api.tokens.employee,
    ),
  };
  wire.fail('Query', internalError, Number.POSITIVE_INFINITY);
  expect(await api.stack.runSchedules('plano-orders-dev-alert-team')).toMatchObject([{ ok: false }]);
  wire.reset();
  await api.stack.runSchedules('plano-orders-dev-find-due-emails');
  const { logs } = api.stack;
  written = readdirSync(logs)
    .filter((file) => file.startsWith('plano-orders-'))
    .flatMap((file) =>
      readFileSync(join(logs, file), 'utf8')
        .trimEnd()
        .split('\n')
        .map((message) => ({ stream: streamOf(file.replace(/\.log$/, '')), message })),
    );
});
afterAll(async () => {
  await api.stop();
  await wire.stop();
});

const asked = (name: string, values: Record<string, string> = {}, lines = [...written, ...ofLambda]) => {
  const steps = QUERIES[name] ?? [];
  expect(steps).not.toEqual([]);
  return found(
    steps.map((step) => step.replaceAll(/<(\w+)>/g, (_, value) => values[value] ?? '?')),
    lines,
  );
};

describe('the query for faults', () => {
  it.each(Object.entries(FAILED))(
    'The query for faults finds %s, and of which function it is',
    (_, message) => {
      expect(asked('faults', {}, [{ stream: update, message }])).toEqual([
        expect.objectContaining({ functionName: 'plano-orders-production-orders-update', version: '7' }),
      ]);
    },
  );

  it('The query for faults finds requests and runs of jobs that failed', () => {
    const faults = asked('faults', {}, written);
    expect(faults).toContainEqual(
      expect.objectContaining({ request_id: answers.crashed.request_id, status: 'application-crash' }),
    );
    expect(faults).toContainEqual(
      expect.objectContaining({ functionName: 'plano-orders-dev-alert-team', message: 'alert' }),
    );
  });

  it('The query for faults finds nothing that is sound', () => {
    expect(
      asked(
        'faults',
        {},
        Object.values(SOUND).map((message) => ({ stream: update, message })),
      ),
    ).toEqual([]);
    const names = asked('faults', {}, written).map(({ functionName }) => functionName);
    expect(new Set(names)).toEqual(new Set(['plano-orders-dev-orders-show', 'plano-orders-dev-alert-team']));
  });
});

describe('the query for one request', () => {
  it('The query for one request finds its line by the id that a client has got, and which e-mail failed', () => {
    const { request_id } = answers.refused;
    const lines = asked('one request by its id', { request_id });
    expect(lines).toEqual([expect.objectContaining({ request_id, route: 'orders/update' })]);
    const [email] = answers.refused.data ? [lines[0]?.['email_failures.0.email_id']] : [];
    expect(email).toMatch(/^\d+$/);
    expect(lines[0]?.['email_failures.0.cause']).toBe('hard-bounce');
  });

  it('The query for one request finds by Lambda’s id what Lambda has written of it, which has no fields', () => {
    const lines = asked('one request by its id', { request_id: ID }).map((line) => line['@message']);
    for (const line of [SOUND.start, SOUND.report, FAILED['a time-out']]) expect(lines).toContain(line);
    expect(lines).not.toContain(FAILED['a start that failed']);
  });
});

it('The query for a job’s runs finds each, failed or not, and neither its metrics nor what others have written', () => {
  const [failed, ...others] = asked("a job's runs", { job: 'alert-team' }).filter(
    ({ level }) => level === 'ERROR',
  );
  expect(failed).toMatchObject({ functionName: 'plano-orders-dev-alert-team', message: 'alert' });
  expect(others).toEqual([]);
  const runs = asked("a job's runs", { job: 'find-due-emails' });
  expect(runs.map(({ message, level }) => [message, level])).toEqual([['find-due', 'INFO']]);
});

it('The queries for requests find each of them, and nothing else', () => {
  const counted = asked('statuses over time').map(({ request_id }) => request_id);
  for (const { request_id } of Object.values(answers)) expect(counted).toContain(request_id);
  expect(counted).not.toContain(undefined);
});
