import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { Assembly } from '../../../infra/local/template.ts';
import { findSetUp } from '../../../ops/check-set-up.ts';
import { storeSecret } from '../../../ops/store-secret.ts';
import { TestStack } from '../../support/local-stack.ts';
import { runProgram } from '../../support/ops.ts';

/** The check from outside on the whole stack: an API that does what it has to, and one that does not. */
const ops = (api: TestStack, words: string) => runProgram(() => api.target, words.split(' '));
const failuresOf = async (api: TestStack) =>
  (await api.rows('NOTIFICATION'))
    .filter(({ kind }) => kind === 'check-failed')
    .map(({ cause, occurrences }) => `${occurrences} ${cause}`);
const CHECK = 'plano-orders-dev-check-from-outside';
const checkedOrder = async (api: TestStack) => {
  const [row] = (await api.rowsStarting('ORDER#')).filter(({ notes }) =>
    String(notes).startsWith('Checked from outside'),
  );
  return row;
};

let api: TestStack;
beforeAll(async () => {
  api = await TestStack.start();
});
afterAll(() => api.stop());

it('A check that is not set up says what to type, at once and by its function', async () => {
  await storeSecret(api.target, '/plano-orders/dev/check', 'nothing of the kind');
  expect((await ops(api, 'check run')).failure).toMatchObject({
    message: 'It is not set up',
    see: 'check set-up',
  });
  expect(await api.stack.runSchedules(CHECK)).toMatchObject([
    {
      ok: false,
      error: { errorMessage: expect.stringContaining('npm run ops -- check set-up --stage dev') },
    },
  ]);
  expect(await failuresOf(api)).toContain('1 set-up: there is none');
});

describe('a check that is set up', () => {
  beforeEach(async () => {
    const { failure, printed } = await ops(api, 'check set-up');
    if (failure) throw failure;
    expect(printed).not.toMatch(/app_/);
    await ops(api, 'check run');
  });

  it('The check passes, changes its own order, and sends no e-mail', async () => {
    expect((await ops(api, 'check run')).stdout).toBe('The check has passed.\n');
    expect(await checkedOrder(api)).toMatchObject({ status: 'open' });
    expect(await api.rowsStarting('EMAIL#')).toEqual([]);
    expect(api.stack.asked()).toBe(0);
  });

  it('Checks at the same time do not fail for one another', async () => {
    const runs = await Promise.all([1, 2, 3].map(() => api.stack.runSchedules(CHECK)));
    expect(runs.flat()).toEqual(Array(3).fill({ ok: true, payload: { passed: true } }));
  });

  it('The check is not run by the clock where nobody is on call', async () => {
    const before = await checkedOrder(api);
    await api.stack.runSchedules();
    expect(await checkedOrder(api)).toEqual(before);
  });

  it('A check that is set up again has another token, which alone is good, and the same order', async () => {
    const before = await findSetUp(api.target);
    await ops(api, 'check set-up');
    const after = await findSetUp(api.target);
    expect(after).toMatchObject({ order_id: before?.order_id, appt_id: before?.appt_id });
    const show = (token = '') => api.get(`orders/show?order_id=${after?.order_id}`, token);
    expect((await show(before?.token)).status).toBe('invalid-token');
    expect((await show(after?.token)).status).toBe('action-successful');
    expect((await ops(api, 'check run')).failure).toBeUndefined();
  });

  it('A check whose order has gone gets another when it is set up again', async () => {
    const before = await checkedOrder(api);
    await ops(api, `rows repair ORDER#${before?.order_id} ORDER --delete`);
    expect((await ops(api, 'check run')).failure?.message).toMatch(/^Its order/);
    await ops(api, 'check set-up');
    expect((await ops(api, 'check run')).failure).toBeUndefined();
    expect((await checkedOrder(api))?.order_id).not.toBe(before?.order_id);
  });

  it('The check fails while a route is withdrawn, and people are alerted', async () => {
    await ops(api, 'routes withdraw orders/show');
    await api.stack.killFunction('plano-orders-dev-orders-show');
    const { failure } = await ops(api, 'check run');
    await ops(api, 'routes restore orders/show');
    await api.stack.killFunction('plano-orders-dev-orders-show');
    expect(failure?.message).toMatch(/^The run failed: orders\/show: 503 route-not-found \(request .+\)$/);
    expect(await failuresOf(api)).toContain('1 orders/show: 503 route-not-found');
    await api.stack.runSchedules('plano-orders-dev-alert-team');
    expect(api.stack.alerts().map(({ message }) => message)).toContainEqual(
      expect.stringContaining('Cause: orders/show: 503 route-not-found'),
    );
  });
});

describe('a release whose function lacks a permission', () => {
  /** As synthesised, but that orders/update may write nothing. */
  const lacking = ({ functions, ...assembly }: Assembly): Assembly => ({
    ...assembly,
    functions: functions.map((each) =>
      each.name === 'plano-orders-dev-orders-update'
        ? {
            ...each,
            role: {
              ...each.role,
              statements: each.role.statements.filter(
                (statement) => !JSON.stringify(statement).includes('PutItem'),
              ),
            },
          }
        : each,
    ),
  });

  it('The check fails by it, tells the team once, and counts as failed', async () => {
    const bad = await TestStack.start({ assembly: lacking(inject('assembly')) });
    await ops(bad, 'check set-up');
    expect(await bad.stack.runSchedules(CHECK)).toMatchObject([
      { ok: false, error: { errorType: 'CheckFailed' } },
    ]);
    expect(await failuresOf(bad)).toEqual(['1 orders/update: 500 application-crash']);
    await bad.stack.runSchedules('plano-orders-dev-alert-team');
    expect(bad.stack.alerts().map(({ subject }) => subject)).toContain('Plano Orders (dev): check-failed');
    // The stack ends with what was denied.
    await expect(bad.stop()).rejects.toThrow('plano-orders-dev-orders-update is not authorized to perform');
  });
});
