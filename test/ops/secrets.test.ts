import { PassThrough } from 'node:stream';
import { SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readParameter } from '../../functions/outbox/channels/email/secret.ts';
import { localCredentials } from '../../infra/local/dynamodb.ts';
import { startMandrill } from '../../infra/local/mandrill.ts';
import { startParameters } from '../../infra/local/parameters.ts';
import { secretCommands } from '../../ops/secrets.ts';
import type { Target } from '../../ops/target.ts';
import { TestStack } from '../support/local-stack.ts';
import { runOps } from '../support/ops.ts';
import { WiredTable } from '../support/wired-table.ts';

const KEY = 'md-right-key';
const WRONG = 'md-wrong-key';

/** Sets a key that is given as the input of the command, and gives what it prints. */
const setKey = (target: Partial<Target>, input: NodeJS.ReadableStream, ...words: string[]) =>
  runOps((get) => secretCommands(get, input), target, 'secrets', 'set-mandrill-key', ...words);
const piped = (text: string) => new PassThrough().end(text);

const db = new WiredTable();

describe('set-mandrill-key', () => {
  let mandrill: Awaited<ReturnType<typeof startMandrill>>;
  let parameters: Awaited<ReturnType<typeof startParameters>>;
  let target: Omit<Target, 'stage' | 'running'>;
  beforeEach(async () => {
    mandrill = await startMandrill({ key: KEY });
    parameters = await startParameters({});
    target = {
      documents: db.client,
      tableName: db.name,
      ssm: { ...localCredentials(), endpoint: parameters.endpoint },
      lambda: {},
      lambdaPauseMs: 0,
      mandrillUrl: mandrill.apiUrl,
    };
  });
  afterEach(() => Promise.all([mandrill.close(), parameters.close()]));
  const stored = () => readParameter(new SSMClient(target.ssm), '/plano-orders/dev/mandrill-key');

  it('The first line that is piped in is stored as Mandrill’s key, once Mandrill takes it, and is not shown', async () => {
    const printed = await setKey(target, piped(`${KEY}\nmore\n`));
    expect(await stored()).toBe(KEY);
    expect(printed).toContain('/plano-orders/dev/mandrill-key');
    expect(printed).not.toContain(KEY);
  });

  it('A new key has Mandrill asked again at once, if it counts as away', async () => {
    await db.put({
      pk: 'CIRCUIT',
      sk: 'MANDRILL',
      kind: 'invalid-key',
      cause: 'Invalid_Key',
      ask_at: '2999',
    });
    await setKey(target, piped(KEY));
    expect(await db.row({ pk: 'CIRCUIT', sk: 'MANDRILL' })).toEqual({ pk: 'CIRCUIT', sk: 'MANDRILL' });
  });

  it('A new key replaces the one before', async () => {
    await setKey(target, piped(WRONG), '--unchecked');
    await setKey(target, piped(KEY));
    expect(await stored()).toBe(KEY);
  });

  it('A key that Mandrill refuses is refused, unless the command is told not to ask', async () => {
    const refused = expect(setKey(target, piped(WRONG))).rejects;
    await refused.toThrow('Mandrill refuses the key. Nothing was stored; --unchecked');
    expect(await stored()).toBeUndefined();
    await setKey(target, piped(WRONG), '--unchecked');
    expect(await stored()).toBe(WRONG);
  });

  it('A key is not stored when Mandrill cannot be reached, which is said', async () => {
    await mandrill.close();
    await expect(setKey(target, piped(KEY))).rejects.toThrow('Mandrill cannot be reached (ECONNREFUSED).');
    expect(await stored()).toBeUndefined();
  });

  it.each(['', '\n', '  \nmore'])('An empty key is not taken (%j)', async (text) => {
    await expect(setKey(target, piped(text), '--unchecked')).rejects.toThrow('Nothing was given.');
    expect(await stored()).toBeUndefined();
  });

  it('A key is not taken as an argument, nor repeated', async () => {
    const refused = setKey(target, piped(KEY), KEY).catch(({ message }: Error) => message);
    expect(await refused).toMatch('A key is no argument');
    expect(await refused).not.toContain(KEY);
    expect(await stored()).toBeUndefined();
  });

  it('A key is asked for on a terminal, which does not show what is typed', async () => {
    let raw = false;
    const setRawMode = (mode: boolean) => {
      raw ||= mode;
    };
    const typed = Object.assign(piped(`${KEY}\r`), { isTTY: true, setRawMode });
    const printed = await setKey(target, typed);
    expect(raw).toBe(true);
    expect(printed).toMatch(/^Mandrill’s key \(not shown\): \n/);
    expect(printed).not.toContain(KEY);
    expect(await stored()).toBe(KEY);
  });
});

describe('the stack on this machine', () => {
  let api: TestStack;
  beforeAll(async () => {
    api = await TestStack.start({ alone: true });
  });
  afterAll(() => api.stop());

  it('The stack on this machine sends no e-mail once a wrong key is set, until the right one is set again', async () => {
    const cancel = () => {
      const order = api.freshOrder();
      return api.update(order, {
        appointment: { appt_id: order.appt_id, cancel_reason: 'Client is away' },
      });
    };
    const target = api.target;
    expect(await cancel()).toMatchObject({ http: 200 });
    await setKey(target, piped(WRONG), '--unchecked');
    expect(await cancel()).toMatchObject({ status: 'mandrill-email-failed' });
    await setKey(target, piped('md-local-key'));
    expect(await cancel()).toMatchObject({ http: 200 });
  });
});
