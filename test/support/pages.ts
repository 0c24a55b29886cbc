import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { launchBrowser } from './browser.ts';
import { TestStack } from './local-stack.ts';

/** The browser of this worker, which has nothing left of a page when its context is closed. It ends with the worker. */
let browser: Promise<Browser> | undefined;

/** Pages in a browser, on the whole stack, for a test file. Whatever the browser finds fault with fails the test. */
export class TestPages {
  api!: TestStack;
  #browser!: Browser;
  #troubles: string[] = [];

  constructor() {
    beforeAll(async () => {
      browser ??= launchBrowser();
      [this.api, this.#browser] = await Promise.all([TestStack.start(), browser]);
    });
    afterEach(async () => {
      for (const context of this.#browser.contexts()) {
        await context.unrouteAll({ behavior: 'ignoreErrors' });
        await context.close();
      }
      expect(this.#troubles.splice(0)).toEqual([]);
    });
    afterAll(() => this.api?.stop());
  }

  /** What the browser has found fault with so far, which is then taken as said. */
  troubles(): string[] {
    return this.#troubles.splice(0);
  }

  /** Makes a page, in a browser of its own, that opens nothing yet. */
  async newPage(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.#browser.newContext({ locale: 'en-GB', ...options });
    const page = await context.newPage();
    page.on('pageerror', (error) => this.#troubles.push(String(error)));
    page.on('console', (message) => {
      // A request that the API refuses is no fault of the page.
      if (!message.text().startsWith('Failed to load resource')) this.#troubles.push(message.text());
    });
    page.on('request', (request) => {
      if (/(ses|app|ver|res)_\d*/.test(request.url())) this.#troubles.push(`a token in ${request.url()}`);
    });
    return page;
  }
}
