import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { rowOfClient } from '../../../functions/clients/clients.ts';
import { savedEmail } from '../../../functions/outbox/outbox.ts';
import { randomId } from '../../../functions/table/ids.ts';
import { DEMO_EMPLOYEE, DEMO_PASSWORD } from '../../../infra/local/demo.ts';
import { deploymentCommands } from '../../../ops/deployment.ts';
import { announced, itemWith, TestConsole } from '../../support/console.ts';
import { anEmail } from '../../support/emails.ts';
import { runOps } from '../../support/ops.ts';

const console = new TestConsole();

it('A notification shows as soon as something fails, until it is acknowledged, by keyboard alone', async () => {
  const page = await console.open();
  await page.getByLabel('E-mail address').and(page.locator(':focus')).waitFor();
  await page.keyboard.type(DEMO_EMPLOYEE);
  await page.keyboard.press('Tab');
  await page.keyboard.type(DEMO_PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByText('Nothing needs looking after.').waitFor();
  await expect.poll(() => page.locator(':focus').textContent()).toBe('Notifications');

  expect(await console.cancelAppointment(console.api.order('mail_fault'))).toMatchObject({
    status: 'mandrill-email-failed',
  });
  await console.letTimePass(page);
  const notification = itemWith(page, 'mandrill-error: GeneralError');
  await notification.waitFor();
  await expect
    .poll(() => announced(page).textContent())
    .toContain('New notification: An e-mail was not sent');
  await expect.poll(() => page.title()).toMatch(/^\(1\) Notifications/);
  const time = notification.locator('time').first();
  await expect.poll(() => time.getAttribute('datetime')).toMatch(/^20\d\d-\d\d-\d\dT.*Z$/);

  const acknowledge = page.getByRole('button', { name: 'Acknowledge', exact: true });
  while (!(await acknowledge.evaluate((button) => button.matches(':focus'))))
    await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('Nothing needs looking after.').waitFor();
  await expect.poll(() => announced(page).textContent()).toContain('Acknowledged: An e-mail was not sent');
  await expect.poll(() => page.locator(':focus').textContent()).toBe('Notifications');

  await page.getByRole('link', { name: 'Acknowledged' }).press('Enter');
  await notification.waitFor();
  await expect.poll(() => notification.textContent()).toContain('by Emil Stone');
});

/** Goes to the e-mails; until they show, cards of notifications may say the same of one. */
const openEmails = async (page: Page): Promise<void> => {
  await page.getByRole('link', { name: 'E-mails' }).click();
  await page.getByRole('heading', { name: 'Parked e-mails', level: 1 }).waitFor();
};

it('A parked e-mail is sent again once its address is repaired', async () => {
  const order = console.api.order('mail_rejected');
  await console.cancelAppointment(order);
  const page = await console.openSignedIn();
  await openEmails(page);
  const email = itemWith(page, String(order.order_id));
  await email.getByText('rejected: hard-bounce').waitFor();
  await expect.poll(() => email.textContent()).toContain('Parked');

  const { client_id } = order;
  await console.api.put(
    rowOfClient({ client_id, user_id: randomId(), name: 'Bob', email: 'bob@example.com' }),
  );
  await email.getByRole('button', { name: 'Send again' }).click();
  await email.waitFor({ state: 'detached' });
  await expect.poll(() => announced(page).textContent()).toContain('To be sent again within a minute');
  await console.api.stack.runSchedules();
  const sent = console.api.stack.messages().map(({ metadata }) => metadata?.order_id);
  expect(sent).toContain(order.order_id);

  await page.getByRole('link', { name: 'Notifications' }).click();
  const notification = itemWith(page, /An e-mail was not sent.*rejected: hard-bounce/);
  await notification.getByRole('button', { name: 'Show its e-mail' }).click();
  await notification.getByText('It was sent').waitFor();
});

it('An e-mail is discarded only when that is confirmed', async () => {
  const order = console.api.order('mail_invalid');
  await console.cancelAppointment(order);
  const page = await console.openSignedIn();
  await openEmails(page);
  const email = itemWith(page, String(order.order_id));
  const discard = email.getByRole('button', { name: 'Discard' });
  await discard.click();
  const dialog = page.getByRole('dialog', { name: 'Discard this e-mail?' });
  await dialog.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await expect.poll(() => discard.evaluate((button) => button.matches(':focus'))).toBe(true);
  expect(await console.api.email(order.order_id)).toMatchObject({ state: 'parked' });

  await discard.click();
  await dialog.getByRole('button', { name: 'Discard it' }).click();
  await email.waitFor({ state: 'detached' });
  expect(await console.api.email(order.order_id)).toMatchObject({ state: 'discarded' });
});

it('A long list is shown page by page', async () => {
  // They come first where all wait that are to be sent.
  const anHourAgo = new Date(Date.now() - 3_600_000);
  for (let count = 0; count < 30; count += 1) {
    await console.api.put(savedEmail(anEmail(), anHourAgo).put?.Item ?? {});
  }
  const page = await console.openSignedIn();
  await openEmails(page);
  await page.getByRole('link', { name: 'Being sent' }).click();
  const more = page.getByRole('button', { name: 'Show more' });
  await more.waitFor();
  await expect.poll(() => page.locator('.card').count()).toBe(25);
  await more.press('Enter');
  await more.waitFor({ state: 'detached' });
  await expect.poll(() => page.locator('.card').count()).toBe(30);
  // The focus goes on where the list did.
  await page.locator('.card:nth-child(25):focus').waitFor();
});

it('The console says in the API’s own words why something was not done', async () => {
  const order = console.api.order('mail_payment');
  await console.cancelAppointment(order);
  const page = await console.openSignedIn();
  await openEmails(page);
  await page.getByRole('link', { name: 'Unsent' }).click();
  const email = itemWith(page, String(order.order_id));
  await email.waitFor();
  const { email_id } = (await console.api.email(order.order_id)) ?? {};
  await console.api.post('emails/discard', { token: console.api.tokens.employee, email_id });
  await email.getByRole('button', { name: 'Send again' }).click();
  const alert = await email.getByRole('alert').textContent();
  expect(alert).toMatch(/^email_id .*Request [\w+/=-]{10}/);
});

it('The console goes on by itself when the API can be reached again', async () => {
  const page = await console.openSignedIn();
  await page.context().setOffline(true);
  await console.letTimePass(page);
  await page.getByText('The API could not be reached.').waitFor();
  await page.context().setOffline(false);
  await console.letTimePass(page);
  await page.getByText('The API could not be reached.').waitFor({ state: 'detached' });
});

it('The console shows what is deployed, and what was withdrawn', async () => {
  const { tableName } = console.api.stack;
  const target = { documents: console.api.documents, tableName };
  const page = await console.openSignedIn();
  await page.getByRole('link', { name: 'Deployment' }).click();
  await page.getByText(/services with \d+ routes, all deployed/).waitFor();
  await runOps(deploymentCommands, target, 'routes', 'withdraw', 'orders/create');
  await console.letTimePass(page);
  await page.getByText('Withdrawn by hand: orders/create').waitFor();
  const route = page.getByRole('listitem').filter({ hasText: 'POST orders/create' });
  await expect
    .poll(() => route.textContent())
    .toMatch(/Release.*Withdrawn.*npm run ops -- routes restore orders\/create/);
});
