import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { SERVICES } from '../../functions/contract/define-route.ts';
import project from '../../package.json' with { type: 'json' };
import { laterRelease, type Patch } from '../support/later-release.ts';
import { type Answer, TestStack } from '../support/local-stack.ts';
import { runProgram } from '../support/ops.ts';

/** A later release of all routes and jobs, which can be told by what it says; of the gateway's functions none is another. */
const LATER: Patch = { 'functions/contract/statuses.ts': [["message: 'Done.'", "message: 'Done later.'"]] };
const [BEFORE, AFTER] = [project.version, `${project.version}+5167f4c-dirty`];
const SAYS = { [BEFORE]: 'Done.', [AFTER]: 'Done later.' };

let [folder, api] = ['', undefined as never as TestStack];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plano-orders-releases-'));
  api = await TestStack.start({ isDescribed: false });
  await api.stack.deploy(await laterRelease(inject('assembly'), LATER, folder), AFTER);
});
afterAll(async () => {
  await api.stop();
  rmSync(folder, { recursive: true });
});

const ops = (...words: string[]) => runProgram(() => api.target, words);
/** A command that must not fail: what it prints. */
const printed = async (...words: string[]): Promise<string> => {
  const { stdout, failure } = await ops(...words);
  if (failure) throw failure;
  return stdout;
};
const show = () => api.get(`orders/show?order_id=${api.order('plain_1').order_id}`, api.tokens.client);
const whoAmI = () => api.get('sessions/show', api.tokens.client);

/** Asks two services without a pause until something is done, and then once more; all answers, in order. */
const askingWhile = async (act: () => Promise<unknown>): Promise<{ orders: Answer[]; auth: Answer[] }> => {
  let isDone = false;
  const ask = async (send: () => Promise<Answer>): Promise<Answer[]> => {
    const answers = [await send()];
    while (!isDone) answers.push(await send());
    return [...answers, await send()];
  };
  const asking = Promise.all([ask(show), ask(show), ask(whoAmI)]);
  await act().finally(() => {
    isDone = true;
  });
  const [one, other, auth] = await asking;
  return { orders: [...one, ...other], auth };
};
const lastOf = (answers: readonly Answer[]) => answers.at(-1)?.message;
const lineOf = (text: string, ...starts: string[]) =>
  text
    .split('\n')
    .find((line) =>
      new RegExp(`^${starts.map((text) => text.replaceAll(/[^\w]/g, '\\$&')).join(' +')}( |$)`).test(line),
    );

describe('going back', () => {
  it.each([BEFORE, AFTER])(
    'Going to the release %s has it answer in all services, without losing a request, and puts it on record',
    async (release) => {
      const other = release === BEFORE ? AFTER : BEFORE;
      await printed('releases', 'back', other);
      const { orders, auth } = await askingWhile(() => printed('releases', 'back', release));
      for (const answers of [orders, auth]) {
        expect(answers[0]?.message).toBe(SAYS[other]);
        expect(lastOf(answers)).toBe(SAYS[release]);
        expect(answers.filter(({ http, status }) => http !== 200 || status !== 'action-successful')).toEqual(
          [],
        );
      }
      const version = release === BEFORE ? '1' : '2';
      const routes = await printed('routes', 'list');
      expect(lineOf(routes, 'orders/show', 'deployed', release)).toMatch(new RegExp(`Z +${version} +GET`));
      expect(routes).not.toContain(`${other} `);
      expect(lineOf(await printed('services', 'list'), 'orders', 'deployed', release)).toBeDefined();
      const releases = await printed('releases', 'list');
      expect(lineOf(releases, release, 'orders')).toMatch(/answers$/);
      expect(lineOf(releases, other, 'orders')).toMatch(/Z$/);
      // Nothing of the gateway's has changed between them.
      expect(lineOf(releases, other, 'gateway')).toMatch(/answers$/);
    },
  );

  it('Going back of one service leaves the others as they are', async () => {
    await printed('releases', 'back', AFTER);
    const said = await printed('releases', 'back', BEFORE, '--service', 'orders');
    expect(said).not.toMatch(/auth|sessions/);
    expect((await show()).message).toBe(SAYS[BEFORE]);
    expect((await whoAmI()).message).toBe(SAYS[AFTER]);
    const routes = await printed('routes', 'list');
    expect(lineOf(routes, 'orders/show', 'deployed', BEFORE)).toBeDefined();
    expect(lineOf(routes, 'sessions/show', 'deployed', AFTER)).toBeDefined();
    const releases = await printed('releases', 'list', '--service', 'orders');
    expect(releases).toMatch(/answers$/m);
    expect(releases).not.toContain('auth');
  });
});

describe('the doctor', () => {
  const told = async () => /^.* releases .*\n.*$/m.exec((await ops('doctor')).stdout)?.[0];

  it('The doctor tells of services in which another release answers than was deployed last, and what to type', async () => {
    await printed('releases', 'back', AFTER);
    expect(await told()).toMatch(/^ok /);
    expect(await told()).toContain(`what was deployed last answers: ${SERVICES.length + 1} services`);
    await printed('releases', 'back', BEFORE, '--service', 'auth');
    expect(await told()).toMatch(
      /^note +releases +auth was deployed last as \S+, of which (\d+) of \1 functions do not answer\.\n +type: npm run ops -- releases back \S+-dirty$/,
    );
  });
});

it('A deployment to the running stack that changes what only a start makes is refused, and changes nothing', async () => {
  const assembly = { ...inject('assembly'), functions: [], queues: [] };
  const deploying = api.stack.deploy(assembly, '9.9.9');
  await expect(deploying).rejects.toThrow('It changes queues, which only a start does here: npm start');
  expect(await show()).toMatchObject({ http: 200 });
  expect(await printed('releases', 'list')).not.toContain('9.9.9');
});

describe('what cannot be gone back to', () => {
  beforeEach(() => printed('releases', 'back', AFTER));
  const answers = async () => (await show()).message;

  it('A release that is not kept is refused, and those are named that are', async () => {
    const { failure } = await ops('releases', 'back', '9.9.9');
    expect(failure?.message).toBe(`There is no release 9.9.9; there are: ${AFTER}, ${BEFORE}.`);
    expect(await answers()).toBe(SAYS[AFTER]);
  });

  it.each([['back', BEFORE], ['list']])(
    'A service that there is not is refused by releases %s, and those are named that there are',
    async (...words) => {
      const { failure } = await ops('releases', ...words, '--service', 'billing');
      expect(failure?.message).toMatch(
        new RegExp(
          `no release of a service billing; .*: ${['gateway', ...SERVICES].toSorted().join(', ')}\\.$`,
        ),
      );
      expect(await answers()).toBe(SAYS[AFTER]);
    },
  );

  it('A function whose version is gone fails by its name, and the others go on', async () => {
    const client = new LambdaClient(api.target.lambda);
    const name = 'plano-orders-dev-orders-list';
    await client.send(new DeleteFunctionCommand({ FunctionName: name, Qualifier: '1' }));
    const { stdout, failure } = await ops('releases', 'back', BEFORE, '--service', 'orders');
    expect(stdout).toMatch(/^plano-orders-dev-orders-list: FAILED: ResourceNotFoundException: /m);
    expect(failure?.message).toBe(`1 did not go to release ${BEFORE}: ${name}. Type it again.`);
    expect(await answers()).toBe(SAYS[BEFORE]);
    const releases = await printed('releases', 'list', '--service', 'orders');
    expect(lineOf(releases, BEFORE, 'orders')).toMatch(/7 of 8 functions$/);
    expect(lineOf(releases, AFTER, 'orders')).toMatch(/1 of 8 functions$/);
    expect(lineOf(await printed('services', 'list'), 'orders', 'deployed', AFTER)).toBeDefined();
  });
});
