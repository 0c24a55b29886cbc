import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountCommands } from '../../ops/accounts.ts';
import { applicationCommands } from '../../ops/applications.ts';
import { TestStack } from '../support/local-stack.ts';
import { runOps } from '../support/ops.ts';

/** What operators change of who may do what, and what the next request gets. */
let api: TestStack;
beforeAll(async () => {
  api = await TestStack.start();
});
afterAll(() => api.stop());

const target = () => ({ documents: api.documents, tableName: api.stack.tableName });
const ops = (...words: string[]) => runOps(accountCommands, target(), ...words);
const idOf = async (email: string): Promise<string> =>
  /user_id +(\d+)/.exec(await ops('users', 'show', email))?.[1] ?? '';
const applications = (...words: string[]) => runOps(applicationCommands, target(), 'applications', ...words);
const tokenIn = (printed: string): string => /^app_\S+$/m.exec(printed)?.[0] ?? '';
const idIn = (printed: string): string => /Application (\d+)/.exec(printed)?.[1] ?? '';

describe('an application', () => {
  it('An application gets in with the token that is printed once, and no longer when it is revoked', async () => {
    const printed = await applications('create', 'Fleet', '--scope', 'orders:write', 'orders:read');
    const token = tokenIn(printed);
    expect(await api.update(api.freshOrder(), {}, token)).toMatchObject({ http: 200 });
    expect(await applications('list')).toMatch(
      new RegExp(`${idIn(printed)} +Fleet +orders:write, orders:read`),
    );
    expect(await applications('list')).not.toContain(token);
    expect(await applications('revoke', idIn(printed))).toContain('is revoked');
    expect(await api.update(api.freshOrder(), {}, token)).toMatchObject({
      http: 401,
      status: 'invalid-token',
    });
    await expect(applications('revoke', idIn(printed))).rejects.toThrow('There is no application');
  });

  it('An application has two tokens while its token is rotated', async () => {
    const printed = await applications('create', 'Turner', '--scope', 'orders:write');
    const [old, next] = [tokenIn(printed), tokenIn(await applications('rotate', idIn(printed)))];
    for (const token of [old, next]) {
      expect(await api.update(api.freshOrder(), {}, token)).toMatchObject({ http: 200 });
    }
    await applications('rotate', idIn(printed), '--finish');
    expect(await api.update(api.freshOrder(), {}, old)).toMatchObject({ status: 'invalid-token' });
    expect(await api.update(api.freshOrder(), {}, next)).toMatchObject({ http: 200 });
  });

  it('An application must be given a scope that there is, and a name in one line that can be seen', async () => {
    await expect(applications('create', 'Nothing')).rejects.toThrow('--scope');
    await expect(applications('create', 'Nothing', '--scope', 'orders:eat')).rejects.toThrow('orders:eat');
    await expect(applications('create', ' ', '--scope', 'orders:read')).rejects.toThrow('can be seen');
    await expect(applications('create', 'A\u202eB', '--scope', 'orders:read')).rejects.toThrow('one line');
    await expect(applications('rotate', 'abc')).rejects.toThrow('It is a number');
  });
});

describe('a user', () => {
  it('A user is listed and shown, by address or id', async () => {
    expect(await ops('users', 'list')).toMatch(/"Ada Brook" +ada\.brook@example\.com +client/);
    const shown = await ops('users', 'show', 'Ada.Brook@example.com');
    expect(shown).toMatch(/roles +client\n/);
    expect(shown).toMatch(/expired .*\n/);
    expect(await ops('users', 'show', await idOf('ada.brook@example.com'))).toBe(shown);
    await expect(ops('users', 'show', 'nobody@example.com')).rejects.toThrow(
      'There is no user nobody@example.com',
    );
  });

  it('A user gains and loses the role of an employee for the session that is open', async () => {
    const update = () => api.update(api.order('other'), {}, api.tokens.no_role);
    expect(await update()).toMatchObject({ status: 'client-required' });
    await ops('employees', 'grant', await idOf('nora.vale@example.com'));
    expect(await update()).toMatchObject({ http: 200 });
    await ops('employees', 'remove', 'nora.vale@example.com');
    expect(await update()).toMatchObject({ status: 'client-required' });
  });

  it('A user looks after the clients that are assigned to that user as a liaison', async () => {
    const { client_id } = api.order('other');
    const update = () => api.update(api.order('other'), {}, api.tokens.liaison);
    expect(await update()).toMatchObject({ status: 'invalid-param' });
    await ops('liaisons', 'assign', 'lia.ferry@example.com', String(client_id));
    expect(await update()).toMatchObject({ http: 200 });
    await ops('liaisons', 'remove', 'lia.ferry@example.com', String(client_id));
    expect(await update()).toMatchObject({ status: 'invalid-param' });
    await ops('liaisons', 'remove', 'lia.ferry@example.com');
    expect(await update()).toMatchObject({ status: 'client-required' });
    await expect(ops('liaisons', 'assign', 'lia.ferry@example.com', String(client_id))).rejects.toThrow(
      'is no liaison',
    );
    await ops('liaisons', 'grant', await idOf('lia.ferry@example.com'));
    await expect(ops('liaisons', 'assign', 'lia.ferry@example.com', '7')).rejects.toThrow(
      'There is no client 7',
    );
    await expect(ops('liaisons', 'remove', 'lia.ferry@example.com', '7')).rejects.toThrow(
      'Nothing to change',
    );
  });

  it('A user is out at once when the sessions are revoked', async () => {
    expect(await api.get('sessions/show', api.tokens.other_client)).toMatchObject({ http: 200 });
    expect(await ops('users', 'revoke-sessions', 'max.hill@example.com')).toContain('Ended 1 sessions');
    expect(await api.get('sessions/show', api.tokens.other_client)).toMatchObject({
      status: 'invalid-token',
    });
  });
});
