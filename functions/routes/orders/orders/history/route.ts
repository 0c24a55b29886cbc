import * as z from 'zod/mini';
import { defineRoute } from '../../../../contract/define-route.ts';
import { paging, queryId } from '../../../../contract/params.ts';
import { findHistory, findOrder } from '../../../../orders/grants.ts';
import { historyEntryView } from '../../../../orders/history-view.ts';
import { access } from '../../../../table/grants.ts';

export const showOrderHistory = defineRoute({
  method: 'GET',
  path: 'orders/history',
  service: 'orders',
  purpose: 'Shows every change of an order, the oldest first: when, who, and what before and after.',
  sensitive: false,
  access: { roles: ['client', 'liaison', 'employee'], scope: 'orders:read' },
  params: z.strictObject({ order_id: queryId, ...paging }),
  data: z.strictObject({ history: z.array(historyEntryView), next_cursor: z.nullable(z.string()) }),
  table: access(findOrder, findHistory),
});
