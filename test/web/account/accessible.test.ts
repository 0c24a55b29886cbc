import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { AccountPath } from '../../../functions/documents/account/paths.ts';
import { heading, TestAccountPages } from '../../support/account-pages.ts';
import { faultsInBothSchemes } from '../../support/barriers.ts';

const account = new TestAccountPages();

/** The pages that whoever is signed in or not gets, by their headings. */
const SIGNED_OUT: [AccountPath, string][] = [
  ['/account', 'Sign in'],
  ['/account/register', 'Register'],
  ['/account/verify', 'Verify your address'],
  ['/account/forgot', 'Forgot your password?'],
];
const SIGNED_IN: [AccountPath, string][] = [
  ['/account', 'Your account'],
  ['/account/verify', 'Verify your address'],
  ['/account/client', 'Become a client'],
  ['/account/password', 'Change your password'],
];

const PHONE = { viewport: { width: 320, height: 640 } };

const judge = async (page: Page, what: string): Promise<void> => {
  expect.soft(await faultsInBothSchemes(page), what).toEqual([]);
};

it('No page of the account has a barrier, and each fits a phone, signed out', async () => {
  const page = await account.open('/account', PHONE);
  for (const [path, title] of SIGNED_OUT) {
    await page.goto(account.api.stack.url + path);
    await heading(page, title).waitFor();
    await judge(page, path);
  }
  await page.goto(`${account.api.stack.url}/account/reset#res_1_wrong`);
  await page.getByLabel('New password').fill('a password that is fine');
  await page.getByRole('button', { name: 'Set this password' }).click();
  await page.getByRole('alert').waitFor();
  await judge(page, 'a link that is wrong');
  await page.getByLabel('New password').fill('short');
  await page.getByRole('button', { name: 'Set this password' }).click();
  await page.getByText('password must have').waitFor();
  await judge(page, 'a field that is wrong');
});

it('No page of the account has a barrier, and each fits a phone, signed in', async () => {
  const { email } = await account.registered();
  const page = await account.open('/account', PHONE);
  await account.signIn(page, email);
  await heading(page, 'Your account').waitFor();
  for (const [path, title] of SIGNED_IN) {
    await page.goto(account.api.stack.url + path);
    await heading(page, title).waitFor();
    await page.locator('.loading').waitFor({ state: 'detached' });
    await judge(page, path);
  }
  await page.goto(`${account.api.stack.url}/account/client`);
  await page.getByRole('button', { name: 'Become a client' }).click();
  await heading(page, 'You are a client').waitFor();
  await judge(page, 'a client');
});

it('Every field tells password managers what it is for', async () => {
  const page = await account.open();
  const fields: Record<string, unknown> = {};
  for (const path of ['/account', '/account/register', '/account/verify', '/account/reset#res_1_wrong']) {
    await page.goto(account.api.stack.url + path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    fields[path] = await page.evaluate(
      '[...document.querySelectorAll("input")].map((each) => each.autocomplete)',
    );
  }
  expect(fields).toEqual({
    '/account': ['username', 'current-password'],
    '/account/register': ['name', 'username', 'new-password'],
    '/account/verify': ['username', 'one-time-code'],
    '/account/reset#res_1_wrong': ['new-password'],
  });
});
