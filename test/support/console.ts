import type { BrowserContextOptions, Page } from 'playwright-core';
import { DEMO_EMPLOYEE, DEMO_PASSWORD, type DemoOrder } from '../../infra/local/demo.ts';
import type { Answer } from './local-stack.ts';
import { TestPages } from './pages.ts';

/** Longer than it takes until the console reads anew. */
const A_PERIOD_MS = 16_000;

/** The console in a browser, for a test file. */
export class TestConsole extends TestPages {
  /** Opens the console in a browser of its own, with a clock that tests can put forward. */
  async open(options: BrowserContextOptions = {}): Promise<Page> {
    const page = await this.newPage(options);
    await page.clock.install();
    await page.goto(`${this.api.stack.url}/console`);
    return page;
  }

  async signIn(page: Page, email = DEMO_EMPLOYEE, password = DEMO_PASSWORD): Promise<void> {
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }

  /** Opens it with a session that its tab has kept. */
  async openKept(token: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await this.open(options);
    const session = JSON.stringify({ token, name: 'Emil Stone' });
    await page.evaluate((kept) => sessionStorage.setItem('session', kept), session);
    await page.reload();
    return page;
  }

  /** Opens it for the demo data's employee. */
  async openSignedIn(options: BrowserContextOptions = {}): Promise<Page> {
    const page = await this.openKept(this.api.tokens.employee, options);
    await page.getByRole('heading', { level: 1, name: 'Notifications' }).waitFor();
    await page.getByText('As of').waitFor();
    return page;
  }

  /** Has the page read anew as if its time had come. */
  async letTimePass(page: Page): Promise<void> {
    await page.clock.fastForward(A_PERIOD_MS);
  }

  /** Has something else than the API answer a route, until `letThrough`. */
  async answer(page: Page, path: string, body: string, status = 200): Promise<void> {
    const answer = { body, status, contentType: 'application/json' };
    await page.context().route(`**/api/v1/${path}*`, (route) => route.fulfill(answer));
  }

  /** Gives those fields to each item of what the API answers on a route, as another release may; undefined takes one away. */
  async alter(page: Page, path: string, fields: Record<string, unknown>): Promise<void> {
    await page.context().route(`**/api/v1/${path}*`, async (route) => {
      const answer = await (await route.fetch()).json();
      for (const item of Object.values(answer.data).flat()) if (item) Object.assign(item, fields);
      await route.fulfill({ json: answer });
    });
  }

  /** Has a route do what it is asked to, and no answer of it arrive, until `letThrough`. */
  async loseAnswers(page: Page, path: string): Promise<void> {
    await page.context().route(`**/api/v1/${path}*`, async (route) => {
      await route.fetch();
      await route.abort();
    });
  }

  /** Has the API answer as it does. */
  async letThrough(page: Page): Promise<void> {
    await page.context().unrouteAll({ behavior: 'ignoreErrors' });
  }

  /** Cancels the appointment of a demo order, which sends its client an e-mail. */
  cancelAppointment(order: DemoOrder): Promise<Answer> {
    const appointment = { appt_id: order.appt_id, cancel_reason: 'Rain' };
    return this.api.update(order, { appointment }, this.api.tokens.employee);
  }
}

/** The item of a list that has that text. */
export const itemWith = (page: Page, text: string | RegExp) =>
  page.locator('.card').filter({ hasText: text });

/** What was announced last. */
export const announced = (page: Page) => page.getByRole('status');
