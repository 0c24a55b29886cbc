import { describeRoute } from '../../../../contract/describe-route.ts';
import { openNotification } from '../../../example-docs.ts';
import { listNotifications } from './route.ts';

export const listNotificationsDocs = describeRoute(listNotifications, {
  purpose: [
    'Lists the notifications tab: what went wrong on our side, those that occurred last first. There is one notification for each kind and cause, which counts how often that has occurred.',
    'A page can have fewer notifications than asked for though the list goes on; it ends where `next_cursor` is null.',
  ],
  params: {
    state: 'Only notifications of this state: those that are open, or those that somebody looks after.',
    limit: 'How many notifications a page has at most; 25 when it is not given.',
    cursor:
      'The `next_cursor` of the page before, to get the one after it. The other parameters stay as they were, but for `limit`.',
  },
  request: { state: 'open' },
  answer: { notifications: [openNotification], next_cursor: null },
  refusals: [
    {
      status: 'permission-required',
      when: 'The user is no employee.',
    },
    {
      status: 'invalid-param',
      param: 'state',
      code: 'not-one-of',
      when: 'There is no such state.',
    },
  ],
});
