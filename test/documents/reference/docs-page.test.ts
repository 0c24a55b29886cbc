import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildReference } from '../../../infra/constructs/reference-documents.ts';
import { faultsOf, faultsOfColours, overflowOf } from '../../support/barriers.ts';
import { launchBrowser } from '../../support/browser.ts';

const ORIGIN = 'https://orders.test';
const document = buildReference()['/docs'];

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

const troubles: string[] = [];

/** An answer as long as any, with a fault, to whatever is tried. */
const ANSWER = {
  status: 'invalid-param',
  message: 'A parameter is invalid; see errors.',
  request_id: 'JKJaXmPLvHcESHA=',
  errors: [
    { param: 'line_items[2].completed_quantity', code: 'greater-than-quantity', message: 'Too many.' },
  ],
  data: { order: 'x'.repeat(999) },
};

/** The page as it is served, with its policy. */
const open = async (options: BrowserContextOptions, place = ''): Promise<Page> => {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  page.on('console', (message) => troubles.push(message.text()));
  await page.route('**/*', (route) =>
    route.fulfill({
      body: document.text,
      headers: { 'content-type': document.contentType, ...document.headers },
    }),
  );
  await page.route('**/api/v1/**', (route) => route.fulfill({ status: 400, json: ANSWER }));
  await page.goto(`${ORIGIN}/docs${place}`);
  return page;
};

const VIEWPORTS = {
  'a phone': { width: 320, height: 640 },
  'a tablet': { width: 820, height: 1180 },
  'a laptop': { width: 1280, height: 720 },
};
/** The page with a route that has been tried. */
const openTried = async (options: BrowserContextOptions): Promise<Page> => {
  const page = await open(options);
  const tried = page.locator('[data-path="orders/update"] .try');
  await tried.locator('summary').click();
  await tried.getByRole('button', { name: 'Dry run' }).click();
  await tried.getByLabel('Answer').waitFor();
  return page;
};

const expectNoTroubles = () =>
  expect(troubles.filter((trouble) => !trouble.startsWith('Failed to load resource'))).toEqual([]);

it.each(Object.entries(VIEWPORTS))(
  'The reference has no barrier on %s, and fits, also where a route is tried',
  async (_, viewport) => {
    const page = await openTried({ colorScheme: 'light', viewport });
    expect(await faultsOf(page)).toEqual([]);
    expect(await overflowOf(page)).toBe(0);
    expectNoTroubles();
  },
);

/** On what contrast depends, of each element. */
const COLOURS = `[...document.querySelectorAll('*')].map((element) => {
  const { color, backgroundColor, opacity, fontSize, fontWeight } = getComputedStyle(element);
  return [element.localName, color, backgroundColor, opacity, fontSize, fontWeight].join();
})`;

it('The reference has enough contrast in the dark, where its colours are the same on all of them, and fits', async () => {
  // A tablet shows all that a phone or a laptop does.
  const { 'a tablet': tablet, ...others } = VIEWPORTS;
  const page = await openTried({ colorScheme: 'dark', viewport: tablet });
  expect(await faultsOfColours(page)).toEqual([]);
  expect(await overflowOf(page)).toBe(0);
  const colours = await page.evaluate(COLOURS);
  for (const [name, viewport] of Object.entries(others)) {
    await page.setViewportSize(viewport);
    expect(await page.evaluate(COLOURS), name).toEqual(colours);
    expect(await overflowOf(page), name).toBe(0);
  }
  expectNoTroubles();
});

it('The reference shows a parameter by its address, below the bar at the top', async () => {
  const page = await open({ viewport: { width: 1280, height: 720 } }, '#orders-update-line_items.name');
  const box = await page.locator('[id="orders-update-line_items.name"]').boundingBox();
  expect(box?.y).toBeGreaterThan(48);
  expect(box?.y).toBeLessThan(120);
});

it('The reference is whole without JavaScript, and has nothing then that could be pressed', async () => {
  const page = await open({ javaScriptEnabled: false }, '#orders-update');
  expect(await page.getByText('Two units could not be reached.').first().isVisible()).toBe(true);
  expect(await page.locator('button, summary, input, textarea, dialog').count()).toBe(0);
  expect(await page.getByText('Try it').count()).toBe(0);
});

it('The reference prints in dark on white, with everything in one column', async () => {
  const page = await open({ colorScheme: 'dark', viewport: { width: 1280, height: 720 } });
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  const colour = "getComputedStyle(document.querySelector('main')).color";
  expect(await page.evaluate(colour)).toBe('rgb(23, 33, 43)');
  expect(await page.evaluate("getComputedStyle(document.querySelector('nav')).position")).toBe('static');
  expect(await page.evaluate("getComputedStyle(document.querySelector('.route')).display")).toBe('block');
  expect(await page.locator('button:visible, summary:visible').count()).toBe(0);
});
