import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { accountCommands } from '../../../ops/accounts.ts';
import { addresses, heading, PASSWORD, TestAccountPages } from '../../support/account-pages.ts';
import { linkIn, mailTo } from '../../support/mailbox.ts';
import { runOps } from '../../support/ops.ts';

const account = new TestAccountPages();

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

const statusOf = async (token: string) => (await account.api.get('sessions/show', token)).status;

/** Opens the page of whoever has registered so, signed in. */
const openAs = async (email: string): Promise<Page> => {
  const page = await account.open();
  await account.signIn(page, email);
  await heading(page, 'Your account').waitFor();
  await page.getByText('Last used').first().waitFor();
  return page;
};

describe('registering', () => {
  it('Somebody registers, verifies the address by the e-mail’s link, and becomes a client', async () => {
    const email = account.newAddress();
    const page = await account.open('/account/register');
    await page.getByLabel('Your name').fill('Tess Quill');
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Password').fill('password1');
    await press(page, 'Register');
    const password = page.getByLabel('Password').and(page.locator(':focus'));
    await password.waitFor();
    const described = (await password.getAttribute('aria-describedby')) ?? '';
    const fault = page.locator(`#${described.split(' ').at(-1)}`);
    expect(await fault.textContent()).toContain('is one of the passwords that are tried first');
    await password.fill(PASSWORD);
    await press(page, 'Register');
    await page.getByText(`on its way to ${email}`).waitFor();

    const link = await account.openLink(email);
    await heading(link, 'Verify your address').waitFor();
    const { token } = linkIn(account.api, email);
    expect((await addresses(link)).join()).not.toContain(token.slice(0, 10));
    expect(await link.evaluate('JSON.stringify({ ...sessionStorage, ...localStorage })')).toBe('{}');
    // A program that follows links does not use it up.
    const user = async () =>
      (await account.api.get('sessions/show', await account.anotherSession(email))).data?.user;
    expect(await user()).toMatchObject({ email_verified: false });
    await press(link, 'Verify my address');
    await heading(link, 'Your address is verified').and(link.locator(':focus')).waitFor();
    await link.getByRole('link', { name: 'Become a client' }).click();
    await account.signIn(link, email);

    await link.getByLabel('Company').fill('Quill & Daughters');
    await press(link, 'Become a client');
    await heading(link, 'You are a client').and(link.locator(':focus')).waitFor();
    const subjects = mailTo(account.api, email).map(({ subject }) => subject);
    expect(subjects).toEqual(['Verify your e-mail address', 'Welcome to Plano']);
    const own = await account.api.get('clients/show', await account.anotherSession(email));
    expect(own.data?.client).toMatchObject({ company_name: 'Quill & Daughters', phone: null });
  });

  it('Whoever gets no answer to registering sends the same again, and is registered once', async () => {
    const email = account.newAddress();
    const page = await account.open('/account/register');
    await page.context().route('**/users/register', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await page.getByLabel('Your name').fill('Tess Quill');
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Password').fill(PASSWORD);
    await press(page, 'Register');
    await page.getByText('The API could not be reached.').waitFor();
    await page.context().unrouteAll();
    await press(page, 'Register');
    await page.getByText(`on its way to ${email}`).waitFor();
    expect(mailTo(account.api, email)).toHaveLength(1);
  });

  it('An address is verified by the code of its e-mail, in groups as it may be pasted', async () => {
    const { email } = await account.registered();
    const { code } = linkIn(account.api, email);
    const page = await account.open('/account/verify');
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Code').fill(`${code.slice(0, 3)} ${code.slice(3)}`);
    await press(page, 'Verify my address');
    await heading(page, 'Your address is verified').waitFor();
  });

  it('A code that was wrong five times is no good any more, and another is sent', async () => {
    const { email } = await account.registered();
    const { code } = linkIn(account.api, email);
    const wrong = code === '000000' ? '000001' : '000000';
    for (let tries = 0; tries < 4; tries += 1)
      await account.api.postEncoded('users/verify', { email, code: wrong });
    const page = await openAs(email);
    await page.getByRole('link', { name: 'Verify it' }).click();
    const field = page.getByLabel('Code');
    for (const typed of [wrong, code]) {
      await field.fill(typed);
      await Promise.all([page.waitForResponse('**/users/verify'), press(page, 'Verify my address')]);
      await page.getByText('code or email is wrong').waitFor();
    }
    await press(page, 'Send another e-mail');
    await page.getByText('Another e-mail is on its way').waitFor();
    await field.fill(linkIn(account.api, email).code);
    await press(page, 'Verify my address');
    await heading(page, 'Your address is verified').waitFor();
  });

  it('A link that was used says so when it is followed again, and that there may be nothing left to do', async () => {
    const { email } = await account.registered();
    const { token } = linkIn(account.api, email);
    await account.api.postEncoded('users/verify', { verification: token });
    const page = await account.openLink(email);
    await press(page, 'Verify my address');
    await page.getByText('it was used, has ended or never was one').waitFor();
    await page.getByText('If the address is verified already, there is nothing left to do').waitFor();
  });

  it('A link that comes too late says so, and whoever is signed in has another sent, which is good in the same tab', async () => {
    const { email, user_id } = await account.registered();
    const page = await openAs(email);
    await account.endProof(user_id, 'VERIFICATION');
    await page.goto(linkIn(account.api, email).url);
    await press(page, 'Verify my address');
    await page.getByText('it was used, has ended or never was one').waitFor();
    await press(page, 'Send another e-mail');
    await page.getByText('Another e-mail is on its way').waitFor();
    const { url, token } = linkIn(account.api, email);
    await page.evaluate(`location.assign('${url}')`);
    await page.getByText('One click says').waitFor();
    await press(page, 'Verify my address');
    await heading(page, 'Your address is verified').waitFor();
    expect((await addresses(page)).join()).not.toContain(token.slice(0, 10));
  });

  it('Whoever signs in without a role where client-required leads gets the form of a client, by keyboard alone', async () => {
    const { email } = await account.registered();
    const page = await account.open('/account/client');
    await heading(page, 'Sign in').and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type(email);
    await page.keyboard.press('Tab');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await heading(page, 'Become a client').and(page.locator(':focus')).waitFor();
    await page.reload();
    await heading(page, 'Become a client').and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type('Quill & Daughters');
    await page.keyboard.press('Enter');
    await page.getByText('Verify your address first').waitFor();
  });
});

describe('a password', () => {
  it('A forgotten password is set by a link, and asking for it says the same whoever has the address', async () => {
    const { email, token } = await account.registered();
    const page = await account.open('/account');
    await page.getByRole('link', { name: 'Forgot your password?' }).click();
    const said: string[] = [];
    for (const address of ['nobody@example.com', email]) {
      await page.getByLabel('E-mail address').fill(address);
      await press(page, 'Send me a link');
      await page.getByText(`registered with ${address}`).waitFor();
      said.push((await page.getByText('registered with').textContent())?.replace(address, '') ?? '');
    }
    expect(said[0]).toBe(said[1]);
    await expect.poll(() => mailTo(account.api, email).length).toBe(2);

    const link = await account.openLink(email);
    await link.getByLabel('New password').fill('another four grey horses');
    expect((await addresses(link)).join()).not.toContain('res_');
    await press(link, 'Set this password');
    await link.getByText('Your password is set').waitFor();
    expect(await statusOf(token)).toBe('invalid-token');
    await account.signIn(link, email, 'another four grey horses');
    await heading(link, 'Your account').waitFor();

    // The link is used up.
    await link.goto(linkIn(account.api, email).url);
    await link.getByLabel('New password').fill(PASSWORD);
    await press(link, 'Set this password');
    await link.getByText('it was used, has ended or never was one').waitFor();
    await link.getByRole('link', { name: 'Ask for another one' }).click();
    await heading(link, 'Forgot your password?').waitFor();
  });

  it('Somebody who is invited sets a password by the e-mail’s link, and is an employee, once', async () => {
    const email = account.newAddress();
    await runOps(accountCommands, account.api.target, 'employees', 'invite', email);
    await account.api.stack.runSchedules();
    const page = await account.openLink(email);
    await heading(page, 'Set your password').waitFor();
    expect((await addresses(page)).join()).not.toContain('inv_');
    await page.getByLabel('Password').fill(PASSWORD);
    await press(page, 'Set this password');
    await page.getByText('Your password is set').waitFor();
    await account.signIn(page, email);
    await page.getByText('employee').waitFor();

    await page.goto(linkIn(account.api, email).url);
    await page.getByLabel('Password').fill('another four grey horses');
    await press(page, 'Set this password');
    await page.getByText('it was used, has ended or never was one').waitFor();
    await page.getByText('Ask whoever has invited you').waitFor();
    const shown = await account.api.get('sessions/show', await account.anotherSession(email));
    expect(shown.data?.user).toMatchObject({ email, email_verified: true, roles: ['employee'] });
  });

  it('A password is changed by whoever knows it, and all other sessions end', async () => {
    const { email, token } = await account.registered();
    const page = await openAs(email);
    await page.getByRole('link', { name: 'Change your password' }).click();
    await page.getByLabel('Current password').fill('a wrong password');
    await page.getByLabel('New password').fill('another four grey horses');
    await press(page, 'Change the password');
    await page.getByText('is not the password of the user').waitFor();
    await page.getByLabel('Current password').fill(PASSWORD);
    await press(page, 'Change the password');
    await page.getByText('Your password is changed').waitFor();
    await heading(page, 'Your account').waitFor();
    expect(await statusOf(token)).toBe('invalid-token');
  });

  it('Too many attempts are told with how long to wait', async () => {
    const { email } = await account.registered();
    const wrong = { email, password: 'a wrong password' };
    for (let n = 0; n < 10; n += 1) await account.api.postEncoded('sessions/create', wrong);
    const page = await account.open();
    await account.signIn(page, email);
    await expect.poll(() => page.getByRole('alert').textContent()).toMatch(/Try again in 1\d minutes\./);
  });
});

describe('sessions', () => {
  it('One’s sessions are listed, and another is ended, or all others at once', async () => {
    const { email, token } = await account.registered();
    const others = [await account.anotherSession(email), await account.anotherSession(email)];
    const page = await openAs(email);
    const items = page.locator('.sessions li');
    await expect.poll(() => items.count()).toBe(4);
    await expect.poll(() => items.filter({ hasText: 'This session' }).count()).toBe(1);
    await page.getByRole('button', { name: 'End it' }).first().click();
    await page.getByText('The session has ended.').waitFor();
    await expect.poll(() => items.count()).toBe(3);
    await expect.poll(() => page.locator(':focus').count()).toBe(1);
    await press(page, 'End all others');
    await page.getByText('All other sessions have ended.').waitFor();
    await expect.poll(() => items.count()).toBe(1);
    expect(new Set(await Promise.all([token, ...others].map(statusOf)))).toEqual(new Set(['invalid-token']));
  });

  it('A session is that of the tab alone, not the console’s, and ends by signing out', async () => {
    const { email } = await account.registered();
    const page = await openAs(email);
    const kept = await page.evaluate<Record<string, string>>('({ ...sessionStorage })');
    expect(Object.keys(kept)).toEqual(['account']);
    await page.reload();
    await heading(page, 'Your account').waitFor();
    await press(page, 'Sign out');
    await page.getByText('You have signed out.').waitFor();
    expect(await page.evaluate('sessionStorage.length')).toBe(0);
    expect(await statusOf(JSON.parse(kept.account ?? '').token)).toBe('invalid-token');
  });

  it('A session that was ended elsewhere leads to signing in, with the reason', async () => {
    const { email } = await account.registered();
    const page = await openAs(email);
    const others = await account.anotherSession(email);
    await account.api.post('sessions/destroy_others', { token: others });
    await page.getByRole('link', { name: 'Change your password' }).click();
    await page.getByLabel('Current password').fill(PASSWORD);
    await page.getByLabel('New password').fill('another four grey horses');
    await press(page, 'Change the password');
    await page.getByText('the session was ended').waitFor();
    await heading(page, 'Sign in').waitFor();
  });
});
