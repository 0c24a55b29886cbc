import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordRelease } from '../../functions/deployments/releases.ts';
import { localCredentials } from '../../infra/local/dynamodb.ts';
import { lambdaCall } from '../../infra/local/lambda.ts';
import { type LoopbackServer, serveLoopback } from '../../infra/local/loopback.ts';
import { releaseCommands } from '../../ops/releases.ts';
import { tryOps } from '../support/ops.ts';
import { daysAgo } from '../support/sessions.ts';
import { WiredTable } from '../support/wired-table.ts';

/** What the stack of this machine never is: half-way, as while a rollout shifts calls, or after something has failed. */
const db = new WiredTable();

interface Alias {
  FunctionVersion: string;
  RoutingConfig?: { AdditionalVersionWeights: Record<string, number> };
}
/** By the function's name. */
let aliases: Record<string, Alias>;
let lambda: LoopbackServer;
beforeEach(async () => {
  lambda = await serveLoopback((request) => {
    const { operation, functionName = '' } = lambdaCall(request) ?? {};
    const headers = { 'content-type': 'application/json' };
    if (aliases[functionName] === undefined) {
      const type = { 'x-amzn-errortype': 'ResourceNotFoundException' };
      return { status: 404, headers: { ...headers, ...type }, body: '{}' };
    }
    if (operation === 'UpdateAlias') aliases[functionName] = JSON.parse(request.body);
    return { status: 200, headers, body: JSON.stringify(aliases[functionName]) };
  });
  await db.clear();
  const record = (service: string, release: string, days: number, functions: Record<string, string>) =>
    recordRelease(db.open(), { service, release, deployed_at: daysAgo(days), functions, kept_by: 'stack' });
  await record('orders', '1.0.0', 3, { 'orders-show': '1', 'orders-list': '1' });
  await record('orders', '2.0.0', 2, { 'orders-show': '2', 'orders-list': '2', 'orders-new': '1' });
  await record('auth', '2.0.0', 1, { 'sessions-show': '2' });
  aliases = {
    'orders-show': { FunctionVersion: '2' },
    'orders-list': { FunctionVersion: '2' },
    'orders-new': { FunctionVersion: '1' },
    'sessions-show': { FunctionVersion: '2' },
  };
});
afterEach(() => lambda.close());

const releases = (...words: string[]) => {
  const settings = { ...localCredentials(), endpoint: lambda.url, maxAttempts: 1 };
  const target = { documents: db.client, tableName: db.name, lambda: settings };
  return tryOps(releaseCommands, target, 'releases', ...words);
};
/** The lines of a list, without when each release was deployed. */
const list = async (...words: string[]): Promise<string[]> => {
  const { stdout, failure } = await releases('list', ...words);
  if (failure) throw failure;
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/\d{4}-\S+Z/, '…').replaceAll(/ +/g, ' '));
};

describe('the list', () => {
  it('The list tells which release of each service answers, the latest first', async () => {
    expect(await list()).toEqual([
      'RELEASE SERVICE DEPLOYED ANSWERS',
      '2.0.0 auth … answers',
      '2.0.0 orders … answers',
      '1.0.0 orders …',
    ]);
  });

  it('The list tells how many functions of each release answer when none answers as a whole', async () => {
    aliases['orders-list'] = { FunctionVersion: '1' };
    expect(await list('--service', 'orders')).toEqual([
      'RELEASE SERVICE DEPLOYED ANSWERS',
      '2.0.0 orders … 2 of 3 functions',
      '1.0.0 orders … 1 of 2 functions',
    ]);
  });

  it('The list tells which calls are being shifted, and which functions are gone', async () => {
    const RoutingConfig = { AdditionalVersionWeights: { '2': 0.1 } };
    aliases = {
      'orders-show': { FunctionVersion: '1', RoutingConfig },
      'orders-list': { FunctionVersion: '1' },
    };
    expect(await list('--service', 'orders')).toEqual([
      'RELEASE SERVICE DEPLOYED ANSWERS',
      '2.0.0 orders …',
      '1.0.0 orders … answers',
      'orders-show: version 1, but 10 % of the calls go to version 2.',
      'orders-new: is not there any more.',
    ]);
  });
});

describe('going back', () => {
  it('Going back ends a shift that is under way, and names what the release does not have', async () => {
    const RoutingConfig = { AdditionalVersionWeights: { '2': 0.1 } };
    aliases['orders-show'] = { FunctionVersion: '1', RoutingConfig };
    const { stdout, failure } = await releases('back', '1.0.0');
    expect(failure).toBeUndefined();
    const ended = { FunctionVersion: '1', RoutingConfig: { AdditionalVersionWeights: {} } };
    expect(aliases).toMatchObject({
      'orders-show': ended,
      'orders-list': ended,
      'orders-new': { FunctionVersion: '1' },
      'sessions-show': { FunctionVersion: '2' },
    });
    expect(stdout).toContain('auth: has no such release, and stays as it is.');
    expect(stdout).toContain('orders: orders-new stay as they are, since 1.0.0 did not have them.');
  });

  it('Going back to a function that is gone names it and ends with a failure, and the others go back', async () => {
    delete aliases['orders-show'];
    const { failure } = await releases('back', '1.0.0', '--service', 'orders');
    expect(failure?.message).toBe('1 did not go to release 1.0.0: orders-show. Type it again.');
    expect(aliases['orders-list']).toMatchObject({ FunctionVersion: '1' });
  });

  it('Going back of a service that has no such release names those that it has', async () => {
    const { failure } = await releases('back', '1.0.0', '--service', 'auth');
    expect(failure?.message).toBe('There is no release 1.0.0 of auth; there are: 2.0.0.');
  });
});
