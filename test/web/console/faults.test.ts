import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { announced, itemWith, TestConsole } from '../../support/console.ts';

const console = new TestConsole();
beforeAll(async () => {
  for (const name of ['mail_fault', 'mail_rejected'])
    await console.cancelAppointment(console.api.order(name));
});

const alerts = (page: Page) => page.getByRole('alert');
const notification = (page: Page) => itemWith(page, 'mandrill-error: GeneralError');

/** A success with that as its data. */
const done = (data?: unknown): string =>
  JSON.stringify({ status: 'action-successful', message: 'Done.', request_id: 'strange-1', data });

/** Answers that are none of the API's, or not what this page was made for. */
const STRANGE: [what: string, body: string][] = [
  ['null', 'null'],
  ['a list', '[]'],
  ['a text', '"x"'],
  ['an empty hash', '{}'],
  ['a message of null', '{"message":null}'],
  ['a status of null', '{"status":null,"message":"Done.","request_id":"1"}'],
  ['a refusal without a message', '{"status":"application-crash","request_id":"1"}'],
  [
    'a refusal with errors that are none',
    '{"status":"invalid-param","message":"No.","request_id":"1","errors":[null]}',
  ],
  ['no JSON', '<html>Bad gateway</html>'],
  ['nothing', ''],
  ['a success without data', done()],
  ['a success whose data is null', done(null)],
  ['a success whose data is a list', done([])],
  ['a success whose list is missing', done({ next_cursor: null })],
  ['a success whose list is a text', done({ notifications: 'x', next_cursor: null })],
  ['a success whose list holds null', done({ notifications: [null], next_cursor: null })],
  ['a success whose list holds something else', done({ notifications: [{ id: 1 }], next_cursor: null })],
  ['a success that says not whether the list goes on', done({ notifications: [] })],
];

describe('an answer that the console does not understand', () => {
  it('An answer that the console does not understand is an alert, and the next reading draws the list', async () => {
    const page = await console.openSignedIn();
    for (const [what, body] of STRANGE) {
      await console.answer(page, 'notifications/list', body);
      await console.letTimePass(page);
      await expect
        .poll(() => alerts(page).textContent(), { message: what })
        .toMatch(/may be out of date.*does not understand/);
      // What was read before is still there.
      await expect.poll(() => notification(page).count(), { message: what }).toBe(1);
      await console.letThrough(page);
      await console.letTimePass(page);
      await alerts(page).waitFor({ state: 'detached' });
      await expect.poll(() => notification(page).count(), { message: what }).toBe(1);
    }
  });

  it.each([
    ['notifications/list', '#notifications', 'last_request_id'],
    ['emails/list', '#emails', 'last_failure'],
    ['deployments/list', '#deployment', 'withdrawn_at'],
  ])('An answer whose items of %s in %s lack %s, which is shown, is an alert', async (path, view, field) => {
    const page = await console.openSignedIn();
    await page.evaluate(`location.hash = '${view}'`);
    await page.locator('.card').first().waitFor();
    await console.alter(page, path, { [field]: undefined });
    await console.letTimePass(page);
    await expect.poll(() => alerts(page).textContent()).toContain('does not understand the answer');
    await console.letThrough(page);
    await console.letTimePass(page);
    await alerts(page).waitFor({ state: 'detached' });
  });

  it.each([
    ['notifications/list', '#notifications', '.card'],
    ['notifications/list', '#notifications/acknowledged', '.empty'],
    ['emails/list', '#emails', '.card'],
    ['deployments/list', '#deployment', '.card'],
  ])(
    'A first answer of %s in %s that is not understood is an alert, and reading by hand draws it',
    async (path, view, drawn) => {
      const page = await console.openSignedIn();
      await page.evaluate(`location.hash = '${view}'`);
      for (const body of ['null', done(), done({ notifications: [{}], emails: [{}], services: [{}] })]) {
        await console.answer(page, path, body);
        await page.reload();
        await expect
          .poll(() => alerts(page).textContent())
          .toMatch(/^This page does not understand the answer/);
        await console.letThrough(page);
        await page.getByRole('button', { name: 'Refresh' }).click();
        await page.locator(drawn).first().waitFor();
        await expect.poll(() => alerts(page).count()).toBe(0);
      }
    },
  );

  it('An answer about a notification’s e-mail that is not understood is an alert on its card', async () => {
    const page = await console.openSignedIn();
    await console.answer(page, 'emails/show', done({ email: { subject: 'Hello' } }));
    await notification(page).getByRole('button', { name: 'Show its e-mail' }).click();
    await notification(page).getByRole('alert').waitFor();
    await console.letThrough(page);
    await notification(page).getByRole('button', { name: 'Refresh' }).click();
    await notification(page).getByText('It is tried again from').waitFor();
    await expect.poll(() => notification(page).evaluate((card) => card.matches(':focus'))).toBe(true);
    await expect.poll(() => alerts(page).count()).toBe(0);
    // So is one that comes later.
    await console.answer(page, 'emails/show', 'null');
    await console.letTimePass(page);
    await notification(page).getByRole('alert').waitFor();
    await expect.poll(() => notification(page).textContent()).toContain('It is tried again from');
  });

  it('An answer to a button that is not understood is an alert, and the button works when it is tried again', async () => {
    const page = await console.openSignedIn();
    await page.evaluate(`location.hash = '#emails'`);
    const email = itemWith(page, 'rejected: hard-bounce');
    await console.answer(page, 'emails/resend', '{"message":null}');
    await email.getByRole('button', { name: 'Send again' }).click();
    await expect
      .poll(() => email.getByRole('alert').textContent())
      .toContain('does not understand the answer');
    await console.letThrough(page);
    await email.getByRole('button', { name: 'Send again' }).click();
    await page.getByText('No e-mail waits for you.').waitFor();
    await console.api.stack.runSchedules();
  });

  it.each(['null', '{"message":null}', done({ user: {} })])(
    'An answer to signing in that is not understood is an alert, and the form goes on: %s',
    async (body) => {
      const page = await console.open();
      await console.answer(page, 'sessions/create', body);
      await console.signIn(page);
      await expect.poll(() => alerts(page).textContent()).toContain('does not understand the answer');
      await console.letThrough(page);
      await console.signIn(page);
      await page.getByRole('heading', { level: 1, name: 'Notifications' }).waitFor();
    },
  );
});

it('What the gateway answers by itself is shown', async () => {
  const page = await console.openSignedIn();
  await console.answer(page, 'notifications/list', '{"message":"Service Unavailable"}', 503);
  await console.letTimePass(page);
  await expect.poll(() => alerts(page).textContent()).toContain('Service Unavailable');
});

describe('when something was done', () => {
  it('What was done though no answer came is not refused when the button is pressed again', async () => {
    const order = console.api.order('mail_invalid');
    await console.cancelAppointment(order);
    const page = await console.openSignedIn();
    await page.evaluate(`location.hash = '#emails'`);
    const email = itemWith(page, String(order.order_id));
    const discard = async (): Promise<void> => {
      await email.getByRole('button', { name: 'Discard' }).click();
      await page.getByRole('button', { name: 'Discard it' }).click();
    };
    await console.loseAnswers(page, 'emails/discard');
    await discard();
    await expect.poll(() => alerts(page).textContent()).toContain('The API could not be reached.');
    expect(await console.api.email(order.order_id)).toMatchObject({ state: 'discarded' });
    await console.letThrough(page);
    await discard();
    await announced(page).filter({ hasText: 'Discarded:' }).waitFor();
    await expect.poll(() => alerts(page).count()).toBe(0);
  });

  it('What was done does not read as if it had not been when the list cannot be read then', async () => {
    const page = await console.openSignedIn();
    await console.answer(page, 'notifications/acknowledge', done({}));
    const crash = { status: 'application-crash', message: 'Something failed.', request_id: '1' };
    await console.answer(page, 'notifications/list', JSON.stringify(crash), 500);
    await notification(page).getByRole('button', { name: 'Acknowledge' }).click();
    await expect
      .poll(() => alerts(page).textContent())
      .toContain('could not be read anew, and may be out of date');
    await expect.poll(() => notification(page).getByRole('alert').count()).toBe(0);
    await announced(page).filter({ hasText: 'Acknowledged:' }).waitFor();
  });

  it('What was done is said also when the console fails to show it, which is said as well', async () => {
    const page = await console.openSignedIn();
    await console.answer(page, 'notifications/acknowledge', done({}));
    await page.evaluate('requestAnimationFrame = () => { throw new Error("no frame") }');
    await notification(page).getByRole('button', { name: 'Acknowledge' }).click();
    await expect
      .poll(() => notification(page).getByRole('alert').textContent())
      .toContain('It was done, but');
    expect(console.troubles().join()).toContain('no frame');
  });
});

describe('what cannot be drawn', () => {
  /** Has something fail that drawing needs. */
  const spoil = (page: Page, needed: string) =>
    page.evaluate(`kept = ${needed}; ${needed} = () => { throw new Error('spoilt') }`);
  const mend = (page: Page, needed: string) => page.evaluate(`${needed} = kept`);

  it('What cannot be drawn leaves what is around it, and is drawn at the next reading, by the clock or by hand', async () => {
    const page = await console.openSignedIn();
    const refresh = page.getByRole('button', { name: 'Refresh' });
    // The words for a kind and for a state need it.
    const needed = 'Object.hasOwn';
    for (const read of [() => console.letTimePass(page), () => refresh.click()]) {
      await spoil(page, needed);
      await read();
      await page.locator('.card').getByRole('alert').first().waitFor();
      await expect.poll(() => refresh.count()).toBe(1);
      await mend(page, needed);
      await read();
      await notification(page).getByRole('button', { name: 'Acknowledge' }).waitFor();
      await expect.poll(() => alerts(page).count()).toBe(0);
    }
    expect(console.troubles().join()).toContain('spoilt');
  });

  it('What cannot be drawn is an alert also when it is everything, which comes back by itself or by hand', async () => {
    const page = await console.openSignedIn();
    const again = page.getByRole('button', { name: 'Show it again' });
    // The time of the last reading needs it.
    const needed = 'Date.prototype.toISOString';
    for (const goOn of [() => console.letTimePass(page), () => again.click()]) {
      await spoil(page, needed);
      await console.letTimePass(page);
      await page.getByRole('main').getByRole('alert').waitFor();
      await mend(page, needed);
      await goOn();
      await notification(page).waitFor();
      await expect.poll(() => alerts(page).count()).toBe(0);
    }
    expect(console.troubles().join()).toContain('spoilt');
  });
});
