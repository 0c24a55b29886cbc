import axe from 'axe-core';
import type { Page } from 'playwright-core';

/**
 * What axe finds that is serious. It runs beside the page's own scripts, where the page's policy does not reach.
 *
 * @param within a selector of what it looks at, which takes less time than all of a long page
 */
export const faultsOf = async (page: Page, within = 'html'): Promise<string[]> => {
  await page.evaluate(axe.source);
  // Where to find what is in order would be worked out for each element, and takes most of the time.
  const { violations } = await page.evaluate<axe.AxeResults>(
    `axe.run(${JSON.stringify(within)}, { resultTypes: ['violations'] })`,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
};

/** By how much it is wider than the window. */
export const overflowOf = (page: Page) => page.evaluate('document.documentElement.scrollWidth - innerWidth');
