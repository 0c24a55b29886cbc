import type { WaitingState } from '../../../../outbox/email-view.ts';
import type { EmailSummary } from '../../../../outbox/outbox-row.ts';
import type { Action } from '../../../../pipeline/action.ts';
import type { Page } from '../../../../table/page.ts';
import { type PageStart, pageThrough } from '../../../page-through.ts';
import { viewOfEmail } from '../view-of-email.ts';
import { listEmails as route } from './route.ts';

/** What listing e-mails needs of the world. */
export interface Dependencies {
  findEmails(state: WaitingState | undefined, start: PageStart): Promise<Page<EmailSummary>>;
}

/** Lists the e-mails that are not done with. */
export const listEmails = (dependencies: Dependencies): Action<typeof route> => ({
  run: async ({ params }) => {
    const list = pageThrough(route.path, params.sound.state);
    const { start, faults } = list.start(params);
    const { state } = params.complete(faults);
    const page = await dependencies.findEmails(state, start);
    return { data: { emails: page.items.map(viewOfEmail), next_cursor: list.cursorAfter(page) } };
  },
});
