import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** The rules whose outcome depends on colours, of those that axe applies unless it is told otherwise. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/** What axe finds that is serious. It runs beside the page's own scripts, where the page's policy does not reach. */
const found = async (page: Page, within: string, options: axe.RunOptions): Promise<string[]> => {
  if (await page.evaluate("typeof axe === 'undefined'")) await page.evaluate(axe.source);
  // Where to find what is in order would be worked out for each element, and takes most of the time.
  const all = JSON.stringify({ ...options, resultTypes: ['violations'] });
  const { violations } = await page.evaluate<axe.AxeResults>(`axe.run(${JSON.stringify(within)}, ${all})`);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
};

/**
 * What axe finds that is serious.
 *
 * @param within a selector of what it looks at, which takes less time than all of a long page
 */
export const faultsOf = (page: Page, within = 'html') => found(page, within, {});

/** What of that depends on colours. */
export const faultsOfColours = (page: Page) => found(page, 'html', { runOnly: OF_COLOURS });

/** By how much it is wider than the window. */
export const overflowOf = (page: Page) => page.evaluate('document.documentElement.scrollWidth - innerWidth');

/**
 * What is wrong with a page in either scheme: what axe finds, and that it is wider than the window. Only the colours are others
 * in the dark, so only what depends on them is asked again there.
 */
export const faultsInBothSchemes = async (page: Page): Promise<string[]> => {
  const faults: string[] = [];
  for (const [colorScheme, faultsIn] of [
    ['light', faultsOf],
    ['dark', faultsOfColours],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    const overflow = await overflowOf(page);
    if (overflow !== 0) faults.push(`${colorScheme}: it is wider than the window by ${overflow}`);
    faults.push(...(await faultsIn(page)).map((fault) => `${colorScheme}: ${fault}`));
  }
  return faults;
};
