import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { VIEWS } from '../../../web/console/views.ts';
import { faultsInBothSchemes } from '../../support/barriers.ts';
import { itemWith, TestConsole } from '../../support/console.ts';

const console = new TestConsole();
beforeAll(async () => {
  for (const name of ['mail_rejected', 'mail_fault']) {
    await console.cancelAppointment(console.api.order(name));
  }
});

const goTo = async (page: Page, view: keyof typeof VIEWS): Promise<void> => {
  await page.evaluate(`location.hash = '${view}'`);
  await page.getByRole('heading', { level: 1, name: VIEWS[view], exact: true }).waitFor();
  await page.getByText('As of').waitFor();
};

const PHONE = { viewport: { width: 320, height: 640 } };

it('Signing in has no barrier and fits a phone', async () => {
  const page = await console.open(PHONE);
  await console.signIn(page, 'nora.vale@example.com');
  await page.getByRole('alert').waitFor();
  expect(await faultsInBothSchemes(page)).toEqual([]);
});

it('No view of the console has a barrier, and each fits a phone', async () => {
  const page = await console.openSignedIn(PHONE);
  for (const view of Object.keys(VIEWS) as (keyof typeof VIEWS)[]) {
    await goTo(page, view);
    expect.soft(await faultsInBothSchemes(page), view).toEqual([]);
  }
});

it('What only a later release knows, and what could not be read, have no barrier and fit a phone', async () => {
  const page = await console.openSignedIn(PHONE);
  const keys = [`EMAIL#${'9'.repeat(99)} EMAIL`];
  await console.alter(page, 'notifications/list', { kind: 'new', state: 'put-off', unreadable_rows: keys });
  await console.letTimePass(page);
  await itemWith(page, 'Put off').first().waitFor();
  await console.answer(page, 'notifications/list', 'null');
  await console.letTimePass(page);
  await page.getByRole('alert').waitFor();
  expect(await faultsInBothSchemes(page)).toEqual([]);
});

it('An e-mail’s story and the question whether to discard it have no barrier and fit a phone', async () => {
  const page = await console.openSignedIn(PHONE);
  const notification = itemWith(page, 'mandrill-error');
  await notification.getByRole('button', { name: 'Show its e-mail' }).click();
  await notification.getByText('It is tried again from').waitFor();
  expect(await faultsInBothSchemes(page)).toEqual([]);
  await notification.getByRole('button', { name: 'Discard' }).click();
  await page.getByRole('dialog').waitFor();
  expect(await faultsInBothSchemes(page)).toEqual([]);
});
