import { expect, it } from 'vitest';
import { listedSession } from '../../../functions/accounts/listed-session.ts';
import { userView } from '../../../functions/accounts/user-view.ts';
import { clientView } from '../../../functions/clients/client-view.ts';
import { sessionView } from '../../../functions/contract/session-view.ts';
import { deployedRoute, deployedService } from '../../../functions/deployments/deployment-view.ts';
import { idOfMember } from '../../../functions/documents/reference/docs-guides.ts';
import { memberDocs } from '../../../functions/documents/reference/member-docs.ts';
import { notificationView } from '../../../functions/notifications/notification.ts';
import { historyEntryView, valueChangeView } from '../../../functions/orders/history-view.ts';
import { appointmentView, lineItemView, orderView } from '../../../functions/orders/order.ts';
import { orderPreview } from '../../../functions/orders/preview.ts';
import { savedEmailView } from '../../../functions/outbox/email-view.ts';
import { buildReference } from '../../../infra/constructs/reference-documents.ts';

const views = {
  Order: orderView,
  LineItem: lineItemView,
  Appointment: appointmentView,
  HistoryEntry: historyEntryView,
  ValueChange: valueChangeView,
  DryRun: orderPreview,
  User: userView,
  Session: sessionView,
  ListedSession: listedSession,
  Client: clientView,
  Notification: notificationView,
  Email: savedEmailView,
  DeployedService: deployedService,
  DeployedRoute: deployedRoute,
};

it('The reference tells of every object in answers', () => {
  expect(Object.keys(memberDocs)).toEqual(Object.keys(views));
});

const html = buildReference()['/docs'].text;

it.each(Object.entries(views))(
  'The reference tells of each member of %s, and of none besides',
  (name, view) => {
    const members = Object.keys(memberDocs[name as keyof typeof memberDocs]);
    expect(members.toSorted()).toEqual(Object.keys(view.shape).toSorted());
    for (const member of members) expect(html).toContain(`id="${idOfMember(name, member)}"`);
  },
);
