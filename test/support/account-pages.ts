import type { BrowserContextOptions, Page } from 'playwright-core';
import type { AccountPath } from '../../functions/documents/account/paths.ts';
import { linkIn } from './mailbox.ts';
import { TestPages } from './pages.ts';

export const PASSWORD = 'four small grey horses';

/** The pages of one's account in a browser, for a test file. */
export class TestAccountPages extends TestPages {
  #count = 0;

  /** Opens one of them in a browser of its own. */
  async open(path: AccountPath = '/account', options: BrowserContextOptions = {}): Promise<Page> {
    const page = await this.newPage(options);
    await page.goto(this.api.stack.url + path);
    return page;
  }

  /** Opens the link of the last e-mail to an address in a browser of its own. */
  async openLink(email: string): Promise<Page> {
    const page = await this.newPage();
    await page.goto(linkIn(this.api, email).url);
    return page;
  }

  /** An address that nobody has. */
  newAddress(): string {
    this.#count += 1;
    return `tess-${this.#count}@example.com`;
  }

  /** Somebody who has registered, without the pages. */
  async registered(): Promise<{ email: string; token: string; user_id: number }> {
    const email = this.newAddress();
    const params = { email, password: PASSWORD, name: 'Tess Quill' };
    const { session } = await this.api.postEncoded('users/register', params);
    if (session === undefined) throw new Error('nobody was registered');
    return { email, token: session.token, user_id: session.user_id };
  }

  /** Another session of somebody. */
  async anotherSession(email: string): Promise<string> {
    const { session } = await this.api.postEncoded('sessions/create', { email, password: PASSWORD });
    return session?.token ?? '';
  }

  async signIn(page: Page, email: string, password = PASSWORD): Promise<void> {
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }

  /** Has the proof that somebody was sent end now. */
  async endProof(user_id: number, sk: 'VERIFICATION' | 'RESET'): Promise<void> {
    const row = (await this.api.rows(`PROOF#${user_id}`)).find((each) => each.sk === sk);
    await this.api.put({ ...row, until: new Date(Date.now() - 1_000).toISOString() });
  }
}

/** The heading of the page that shows. */
export const heading = (page: Page, name: string) =>
  page.getByRole('heading', { level: 1, name, exact: true });

/** All addresses that the tab knows of: its own and those before and behind it. */
export const addresses = (page: Page): Promise<string[]> =>
  page.evaluate('[location.href, document.URL, ...navigation.entries().map(({ url }) => url)]');
