import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { announced, itemWith, TestConsole } from '../../support/console.ts';

const console = new TestConsole();
beforeAll(async () => {
  await console.cancelAppointment(console.api.order('mail_fault'));
});

/** The console on a phone, where what is long does not fit. */
const onPhone = (): Promise<Page> => console.openSignedIn({ viewport: { width: 320, height: 640 } });

const fits = async (page: Page): Promise<boolean> =>
  (await page.evaluate('document.documentElement.scrollWidth')) === 320;

const LONG = `${'very-'.repeat(10)}${'long'.repeat(30)}`;

it.each([
  ['webhook_disabled-long-ago', 'Webhook disabled long ago'],
  // Every hash has something of that name.
  ['constructor', 'Constructor'],
  [LONG, 'Very very'],
])(
  'A notification of a kind and in a state that only a later release knows is shown: %s',
  async (name, words) => {
    const page = await onPhone();
    const title = page.getByRole('heading', { level: 2, name: words });
    await console.alter(page, 'notifications/list', {
      kind: name,
      state: name,
      last_at: '2099-01-01T00:00Z',
    });
    await console.letTimePass(page);
    await title.first().waitFor();
    const card = page.locator('.card').first();
    await expect.poll(() => card.locator('.badge.over').textContent()).toContain(words);
    await expect.poll(() => card.textContent()).toContain('This page does not know its kind: reload it.');
    await announced(page)
      .filter({ hasText: `New notification: ${words}` })
      .waitFor();
    expect(await fits(page)).toBe(true);
  },
);

it('A notification names the rows that it is about', async () => {
  const keys = ['ORDER#123 ORDER', `EMAIL#${'9'.repeat(300)} EMAIL`];
  const page = await onPhone();
  await console.alter(page, 'notifications/list', { kind: 'unreadable-row', unreadable_rows: keys });
  await console.letTimePass(page);
  const card = page.locator('.card').filter({ hasText: 'A row cannot be read' }).first();
  await card.waitFor();
  expect(await card.locator('li code').allTextContents()).toEqual(keys);
  expect(await fits(page)).toBe(true);
  await console.letThrough(page);
  await console.alter(page, 'notifications/list', { unreadable_rows: undefined });
  await console.letTimePass(page);
  await card.waitFor({ state: 'detached' });
  await expect.poll(() => page.getByText('Rows').count()).toBe(0);
});

it.each(['held-back', 'constructor', LONG])(
  'An e-mail in a state that only a later release knows is shown, with nothing to do about it: %s',
  async (state) => {
    const page = await onPhone();
    const words = state.replaceAll('-', ' ');
    await console.alter(page, 'emails/list', { state, kind: 'order-put_off', client_id: 7 });
    await page.evaluate(`location.hash = '#emails/unsent'`);
    const card = itemWith(page, `It is ${words} now.`);
    await card.waitFor();
    await expect.poll(() => card.textContent()).toContain('(order put off)');
    await expect
      .poll(async () => (await card.locator('.badge.over').textContent())?.toLowerCase())
      .toBe(words);
    await expect.poll(() => card.getByRole('button').count()).toBe(0);
    expect(await fits(page)).toBe(true);
  },
);

it.each([
  ['half-deployed', 'Half deployed'],
  [LONG, 'Very very'],
])('Services and routes in a state that only a later release knows are shown: %s', async (state, words) => {
  const page = await onPhone();
  await console.alter(page, 'deployments/list', { state, version: null });
  await page.evaluate(`location.hash = '#deployment'`);
  await page.getByText(words).first().waitFor();
  const summary = await page.getByText(/services with \d+ routes/).textContent();
  expect(summary).not.toContain('all deployed');
  expect(await fits(page)).toBe(true);
});

it('A time that is none is shown as it came', async () => {
  const page = await onPhone();
  await console.alter(page, 'notifications/list', { last_at: 'some day' });
  await console.letTimePass(page);
  await page.getByText('some day').first().waitFor();
  await expect.poll(() => page.getByRole('alert').count()).toBe(0);
});
