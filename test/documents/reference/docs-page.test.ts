import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildReference } from '../../../infra/constructs/reference-documents.ts';
import { faultsOf, overflowOf } from '../../support/barriers.ts';
import { launchBrowser } from '../../support/browser.ts';

const ORIGIN = 'https://orders.test';
const document = buildReference()['/docs'];

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

const troubles: string[] = [];

/** The page as it is served: with its policy, and without a script. */
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
  await page.goto(`${ORIGIN}/docs${place}`);
  return page;
};

describe.each(['light', 'dark'] as const)('in the %s scheme', (colorScheme) => {
  it.each([
    ['on a phone', { width: 320, height: 640 }],
    ['on a tablet', { width: 820, height: 1180 }],
    ['on a laptop', { width: 1280, height: 720 }],
  ])('%s it has no barrier, and fits', async (_, viewport) => {
    const page = await open({ colorScheme, viewport });
    expect(await faultsOf(page)).toEqual([]);
    expect(await overflowOf(page)).toBe(0);
    expect(troubles).toEqual([]);
  });
});

it('shows a parameter by its address, below the bar at the top', async () => {
  const page = await open({ viewport: { width: 1280, height: 720 } }, '#orders-update-line_items.name');
  const box = await page.locator('[id="orders-update-line_items.name"]').boundingBox();
  expect(box?.y).toBeGreaterThan(48);
  expect(box?.y).toBeLessThan(120);
});

it('prints in dark on white, with everything in one column', async () => {
  const page = await open({ colorScheme: 'dark', viewport: { width: 1280, height: 720 } });
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  const colour = "getComputedStyle(document.querySelector('main')).color";
  expect(await page.evaluate(colour)).toBe('rgb(23, 33, 43)');
  expect(await page.evaluate("getComputedStyle(document.querySelector('nav')).position")).toBe('static');
  expect(await page.evaluate("getComputedStyle(document.querySelector('.route')).display")).toBe('block');
});
