import type { WaitingState } from '../../../../outbox/email-view.ts';
import type { EmailSummary } from '../../../../outbox/outbox-row.ts';
import type { Action } from '../../../../pipeline/action.ts';
import type { Page } from '../../../../table/page.ts';
import { listAction, type PageStart } from '../../../list-action.ts';
import { viewOfEmail } from '../view-of-email.ts';
import { listEmails as route } from './route.ts';

/** What listing e-mails needs of the world. */
export interface Dependencies {
  findEmails(state: WaitingState | undefined, start: PageStart): Promise<Page<EmailSummary>>;
}

/** Lists the e-mails that are not done with. */
export const listEmails = ({ findEmails }: Dependencies): Action<typeof route> =>
  listAction(route, {
    name: 'emails',
    find: ({ state }, start) => findEmails(state, start),
    see: viewOfEmail,
  });
