import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { DEMO_EMPLOYEE, DEMO_PASSWORD, type DemoOrder } from '../../../infra/local/demo.ts';
import { faultsOf, overflowOf } from '../../support/barriers.ts';
import { TestPages } from '../../support/pages.ts';

const pages = new TestPages();

const open = async (...[options]: Parameters<TestPages['newPage']>): Promise<Page> => {
  const page = await pages.newPage({ reducedMotion: 'reduce', ...options });
  await page.goto(`${pages.api.stack.url}/docs`);
  return page;
};

const bar = (page: Page): Locator => page.locator('.top');

const signIn = async (page: Page, email: string, password = DEMO_PASSWORD): Promise<void> => {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('dialog').getByRole('button', { name: 'Sign in' }).click();
};

const pasteToken = async (page: Page, token: string): Promise<void> => {
  await bar(page).getByRole('button', { name: 'Sign in' }).click();
  await page.getByLabel('Token of a session or an application').fill(token);
  await page.getByRole('button', { name: 'Use this token' }).click();
  await bar(page).getByRole('button', { name: 'Your token' }).waitFor();
};

/** Opens what a route is tried in. */
const tryOf = async (page: Page, path: string): Promise<Locator> => {
  const section = page.locator(`[data-path="${path}"] .try`);
  await section.locator('summary').click();
  return section;
};

/** The bodies that are sent to a route from now on. */
const bodiesTo = (page: Page, path: string): unknown[] => {
  const bodies: unknown[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith(`/api/v1/${path}`)) bodies.push(request.postDataJSON());
  });
  return bodies;
};

/** Has the page see an order, which its examples are about from then on. */
const see = async (page: Page, { order_id }: DemoOrder): Promise<void> => {
  const show = await tryOf(page, 'orders/show');
  await show.getByLabel('order_id').fill(String(order_id));
  await show.getByRole('button', { name: 'Send' }).click();
  await show.getByRole('status').getByText('action-successful').waitFor();
};

const button = (section: Locator, name: string): Locator =>
  section.getByRole('button', { name, exact: true });
const answered = (section: Locator, text: string): Promise<void> =>
  section.getByRole('status').getByText(text).first().waitFor();

describe('orders/update', () => {
  it('A route is tried with the order that was seen last: a dry run first, then in earnest, once', async () => {
    const page = await open();
    const order = pages.api.freshOrder();
    await bar(page).getByRole('button', { name: 'Sign in' }).click();
    await signIn(page, DEMO_EMPLOYEE);
    await bar(page).getByRole('button', { name: 'Emil Stone' }).waitFor();
    await see(page, order);
    const bodies = bodiesTo(page, 'orders/update');
    const update = await tryOf(page, 'orders/update');
    const text = await update.getByLabel('Body').inputValue();

    await button(update, 'Send').press('Enter');
    expect(bodies).toEqual([]);

    await button(update, 'Dry run').click();
    await answered(update, 'Nothing was done');
    await update.getByLabel('Answer').getByText('"email"').waitFor();
    expect((await pages.api.storedOrder(order.order_id)).updated_at).toBe(order.updated_at);

    await update.getByLabel('Body').fill(`${text} `);
    expect(await button(update, 'Send').getAttribute('aria-disabled')).toBe('true');
    await update.getByLabel('Body').fill(text);
    await button(update, 'Send').dblclick();
    await answered(update, 'action-successful');
    expect(
      await button(update, 'Send').evaluate((element) => element === element.ownerDocument.activeElement),
    ).toBe(true);

    const { order_id, updated_at, appt_id } = order;
    expect(bodies).toMatchObject([
      { order_id, updated_at, appointment: { appt_id }, dry_run: true },
      { order_id, updated_at, appointment: { appt_id } },
    ]);
    expect(bodies[1]).not.toHaveProperty('dry_run');
    const { notes, line_items } = await pages.api.storedOrder(order_id);
    expect(notes).toBe('Two units could not be reached.');
    expect(line_items[0]?.completed_quantity).toBe(3);
    const history = await pages.api.get(`orders/history?order_id=${order_id}`, pages.api.tokens.employee);
    expect(history.data?.history).toHaveLength(2);
    expect(await page.content()).not.toMatch(/(ses|app)_(?!Example)[\w-]{20}/);
  });

  it('A route is sent in earnest only by whom the dry run was made for', async () => {
    const page = await open();
    await pasteToken(page, pages.api.tokens.employee);
    await see(page, pages.api.freshOrder());
    const bodies = bodiesTo(page, 'orders/update');
    const update = await tryOf(page, 'orders/update');
    await button(update, 'Dry run').click();
    await answered(update, 'Nothing was done');
    await bar(page).getByRole('button', { name: 'Your token' }).click();
    await page.getByRole('button', { name: 'Forget the token' }).click();
    await pasteToken(page, pages.api.tokens.client);
    await button(update, 'Send').press('Enter');
    expect(await button(update, 'Send').getAttribute('aria-disabled')).toBe('true');
    expect(bodies).toHaveLength(1);
  });

  it('Trying a route tells what is wrong with a parameter, and what is no JSON, which is not sent', async () => {
    const page = await open();
    await pasteToken(page, pages.api.tokens.employee);
    await see(page, pages.api.freshOrder());
    const bodies = bodiesTo(page, 'orders/update');
    const update = await tryOf(page, 'orders/update');
    const body = update.getByLabel('Body');
    const text = await body.inputValue();

    await body.fill(text.replace('"completed_quantity": 3', '"completed_quantity": 5'));
    await button(update, 'Dry run').click();
    await answered(update, 'invalid-param');
    const fault = update.getByRole('listitem').filter({ hasText: 'line_items[0].completed_quantity' });
    expect(await fault.getByRole('link').getAttribute('href')).toBe('#code-greater-than-quantity');
    expect(await button(update, 'Send').getAttribute('aria-disabled')).toBe('true');

    for (const broken of [text.slice(0, -1), '[]', '7']) {
      await body.fill(broken);
      await button(update, 'Dry run').click();
      await update.getByRole('alert').getByText('This is no JSON').waitFor();
      expect(await body.getAttribute('aria-invalid')).toBe('true');
    }
    await body.fill(text);
    await update.getByRole('alert').getByText('This is no JSON').waitFor({ state: 'detached' });
    expect(bodies).toHaveLength(1);
  });

  it('Trying a route warns of an e-mail that was not sent, though the change is saved', async () => {
    const page = await open();
    await pasteToken(page, pages.api.tokens.employee);
    const order = pages.api.order('mail_rejected');
    await see(page, order);
    const update = await tryOf(page, 'orders/update');
    await button(update, 'Dry run').click();
    await answered(update, 'Nothing was done');
    await button(update, 'Send').click();
    await answered(update, 'mandrill-email-failed');
    expect(await update.getByRole('status').innerText()).toContain('500');
    expect((await pages.api.storedOrder(order.order_id)).appointments[0]?.status).toBe('cancelled');
  });
});

describe('signing in', () => {
  const phone = { colorScheme: 'dark', viewport: { width: 320, height: 640 } } as const;

  it('Signing in to try a route has no barrier, fits a phone, tells what is wrong, and goes back to where it was opened', async () => {
    const page = await open(phone);
    const list = await tryOf(page, 'orders/list');
    const opener = list.getByRole('button', { name: 'Sign in' });
    await opener.click();
    await signIn(page, DEMO_EMPLOYEE, 'a wrong password');
    await page.getByRole('alert').getByText('invalid-param').waitFor();
    expect(await faultsOf(page, 'dialog')).toEqual([]);
    expect(await overflowOf(page)).toBe(0);
    await signIn(page, DEMO_EMPLOYEE);
    await list.getByRole('button', { name: 'Emil Stone' }).waitFor();
    expect(await page.evaluate('document.activeElement.textContent')).toContain('Emil Stone');
    await button(list, 'Send').click();
    await list.getByLabel('Answer').waitFor();
    expect(await faultsOf(page, '[data-path="orders/list"]')).toEqual([]);
    expect(await overflowOf(page)).toBe(0);
  });

  it('Signing in to try a route is for this tab, outlives a reload, and ends with signing out', async () => {
    const page = await open();
    await bar(page).getByRole('button', { name: 'Sign in' }).click();
    // Somebody without a role has a session all the same.
    await signIn(page, 'nora.vale@example.com');
    await bar(page).getByRole('button', { name: 'Nora Vale' }).waitFor();
    await page.reload();
    const token = await page.evaluate("JSON.parse(sessionStorage.getItem('try-it')).token");
    await bar(page).getByRole('button', { name: 'Nora Vale' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await bar(page).getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await page.evaluate('sessionStorage.length')).toBe(0);
    expect((await pages.api.get('sessions/show', String(token))).status).toBe('invalid-token');
  });

  it('Signing out leaves a token that was pasted as it is, when it is forgotten', async () => {
    const page = await open();
    await pasteToken(page, pages.api.tokens.client);
    await bar(page).getByRole('button', { name: 'Your token' }).click();
    await page.getByRole('button', { name: 'Forget the token' }).click();
    await bar(page).getByRole('button', { name: 'Sign in' }).waitFor();
    expect((await pages.api.get('sessions/show', pages.api.tokens.client)).status).toBe('action-successful');
  });

  it('Signing in by its own route goes on with the session, and does not show its token', async () => {
    const page = await open();
    const create = await tryOf(page, 'sessions/create');
    const params = { email: DEMO_EMPLOYEE, password: DEMO_PASSWORD };
    await create.getByLabel('Body').fill(JSON.stringify(params));
    await button(create, 'Send').click();
    await bar(page).getByRole('button', { name: 'Emil Stone' }).waitFor();
    expect(await create.getByLabel('Answer').innerText()).toContain('"token": "(kept by this page)"');
  });
});
