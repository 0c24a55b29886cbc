import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { DEMO_EMPLOYEE, DEMO_PASSWORD } from '../../../infra/local/demo.ts';
import { TestConsole } from '../../support/console.ts';

const console = new TestConsole();

/** Signs in, to a session of its own. */
const signedIn = async (): Promise<Page> => {
  const page = await console.open();
  await console.signIn(page);
  await page.getByRole('heading', { level: 1, name: 'Notifications' }).waitFor();
  return page;
};

/** The token that the page has kept. */
const tokenIn = async (page: Page): Promise<string | undefined> =>
  JSON.parse((await page.evaluate(() => sessionStorage.getItem('session'))) ?? '{}').token;

/** All that are good for something. */
const tokens = () => console.api.rowsStarting('TOKEN#');

const isGood = async (token = ''): Promise<boolean> =>
  (await console.api.get('sessions/show', token)).status === 'action-successful';

describe('signing in', () => {
  it('Signing in keeps the token in the tab alone: a reload stays signed in, another tab does not', async () => {
    const page = await signedIn();
    expect(await isGood(await tokenIn(page))).toBe(true);
    await expect
      .poll(() => page.evaluate('[localStorage.length, location.href]'))
      .toEqual([0, `${console.api.stack.url}/console`]);
    await page.reload();
    await page.getByText('Emil Stone').waitFor();
    const another = await page.context().newPage();
    await another.goto(page.url());
    await another.getByRole('button', { name: 'Sign in' }).waitFor();
  });

  it('Signing in says in the API’s words that the password is wrong', async () => {
    const page = await console.open();
    await console.signIn(page, DEMO_EMPLOYEE, 'another password');
    await page.getByText('password or email is wrong').waitFor();
    expect(await tokenIn(page)).toBeUndefined();
  });

  it.each(['ada.brook@example.com', 'nora.vale@example.com'])(
    'Signing in refuses %s, who is no employee, and leaves no session behind',
    async (email) => {
      const before = await tokens();
      const page = await console.open();
      await console.signIn(page, email);
      await page.getByText('This console is for employees').waitFor();
      expect(await tokenIn(page)).toBeUndefined();
      expect(await tokens()).toHaveLength(before.length);
    },
  );

  it('Signing in says that the session of who is no employee could not be ended, and goes on', async () => {
    const page = await console.open();
    await console.answer(page, 'sessions/destroy', 'null');
    await console.signIn(page, 'ada.brook@example.com');
    const alert = await page.getByRole('alert').textContent();
    expect(alert).toMatch(/This console is for employees.*The session could not be ended/);
    await console.letThrough(page);
    await console.signIn(page);
    await page.getByRole('heading', { level: 1, name: 'Notifications' }).waitFor();
  });

  it('Signing in refuses a password of any length in the API’s words, and the form goes on', async () => {
    const page = await console.open();
    await console.signIn(page, DEMO_EMPLOYEE, 'aé'.repeat(62_500));
    await page.getByText('password must have at most').waitFor();
    await console.signIn(page);
    await page.getByRole('heading', { level: 1, name: 'Notifications' }).waitFor();
  });

  it('Signing in leaves the focus where it was put, however late the browser comes to run what is due', async () => {
    const page = await console.open();
    await page.clock.pauseAt(Date.now() + 60_000);
    await page.reload();
    await page.getByLabel('Password').focus();
    await page.clock.runFor(1000);
    await expect.poll(() => page.evaluate('document.activeElement.name')).toBe('password');
  });

  it('Signing in opens one session, however often the form is sent in one moment', async () => {
    const page = await console.open();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url().replace(/.*\/api\/v1\//, '')));
    await page.getByLabel('E-mail address').fill(DEMO_EMPLOYEE);
    await page.getByLabel('Password').fill(DEMO_PASSWORD);
    await page.evaluate(
      `for (const form of document.forms) for (let n = 0; n < 3; n += 1) form.requestSubmit()`,
    );
    await page.getByText('As of').waitFor();
    expect(asked.filter((path) => path === 'sessions/create')).toHaveLength(1);
  });
});

describe('the storage of the tab', () => {
  it('The storage of the tab may hold something else than a session', async () => {
    const page = await console.open();
    for (const kept of [
      'not JSON',
      'null',
      '[]',
      '"x"',
      '{}',
      '{"token":1,"name":"E"}',
      '{"token":"ä","name":"E"}',
    ]) {
      await page.evaluate((text) => sessionStorage.setItem('session', text), kept);
      await page.reload();
      await page.getByRole('button', { name: 'Sign in' }).waitFor();
    }
    await console.signIn(page);
    await page.getByText('As of').waitFor();
  });

  const REFUSE = `throw new DOMException('Access is denied.', 'SecurityError')`;
  it.each([
    `Object.defineProperty(window, 'sessionStorage', { get() { ${REFUSE} } })`,
    `Storage.prototype.setItem = () => { ${REFUSE} }`,
  ])('The storage of the tab may be refused by the browser: %s', async (refusal) => {
    const page = await console.open();
    await page.addInitScript(refusal);
    await page.reload();
    await console.signIn(page);
    await page.getByText('As of').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('You have signed out.').waitFor();
    // A session that is ended elsewhere leads back to signing in.
    await console.signIn(page);
    await page.getByText('As of').waitFor();
    const ended = { status: 'invalid-token', message: 'The token is not valid.', request_id: '1' };
    await console.answer(page, 'notifications/list', JSON.stringify(ended), 401);
    await console.letTimePass(page);
    await page.getByText('the session was ended').waitFor();
  });
});

describe('a session', () => {
  it('A session ends when one signs out', async () => {
    const page = await signedIn();
    const token = await tokenIn(page);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('You have signed out.').waitFor();
    expect([await tokenIn(page), await isGood(token)]).toEqual([undefined, false]);
  });

  it('A session is left when one signs out, though the API does not end it, which is said', async () => {
    const page = await signedIn();
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('You have signed out. The session could not be ended').waitFor();
    expect(await tokenIn(page)).toBeUndefined();
  });

  it('A session that was ended elsewhere leads back to signing in, with the reason', async () => {
    const page = await signedIn();
    await console.api.post('sessions/destroy', { token: await tokenIn(page) });
    await console.letTimePass(page);
    await page.getByText('the session was ended').waitFor();
    await expect
      .poll(() => page.getByLabel('E-mail address').evaluate((input) => input.matches(':focus')))
      .toBe(true);
    await console.signIn(page);
    await page.getByRole('heading', { level: 1, name: 'Notifications' }).waitFor();
  });

  it.each([
    ['expired', 'Your session has expired.'],
    ['client', 'This console is for employees'],
  ] as const)('A session that is %s leads back to signing in, with the reason', async (name, reason) => {
    const page = await console.openKept(console.api.tokens[name]);
    await page.getByText(reason).waitFor();
    expect(await tokenIn(page)).toBeUndefined();
  });
});

it('The console runs no script but its own', async () => {
  const page = await console.open();
  await page.evaluate(
    `document.body.append(Object.assign(document.createElement('img'), { src: 'https://example.org/' }))`,
  );
  await expect.poll(() => console.troubles().join()).toContain('Content Security Policy');
  const injected = page.evaluate(`document.body.innerHTML = '<img src=x onerror=alert()>'`);
  await expect(injected).rejects.toThrow('TrustedHTML');
  expect(console.troubles().join()).toContain('TrustedHTML');
});
