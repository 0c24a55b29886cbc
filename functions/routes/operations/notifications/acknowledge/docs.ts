import { describeRoute } from '../../../../contract/describe-route.ts';
import { openNotification } from '../../../example-docs.ts';
import { acknowledgeNotification } from './route.ts';

export const acknowledgeNotificationDocs = describeRoute(acknowledgeNotification, {
  purpose: [
    'Acknowledges a notification: somebody looks after it. If it occurs again, it is open again.',
    'One that is acknowledged already stays as it is, with the name of whoever was first.',
  ],
  params: { notification_id: 'The notification.' },
  request: { notification_id: openNotification.notification_id },
  answer: {
    notification: {
      ...openNotification,
      state: 'acknowledged',
      acknowledged_at: '2037-11-23T10:20:00.000Z',
      acknowledged_by: 'Robin Field',
    },
  },
  refusals: [
    {
      status: 'invalid-param',
      param: 'notification_id',
      code: 'not-found',
      when: 'There is no such notification.',
    },
    {
      status: 'permission-required',
      when: 'The user is no employee.',
    },
  ],
});
