import { routeRecords, serviceRecords } from '../functions/adapters/deployment-state.ts';
import { notificationRows } from '../functions/adapters/notification-listing.ts';
import { historyRows } from '../functions/adapters/order-history.ts';
import { orderRows } from '../functions/adapters/order-row.ts';
import type { RowKind } from '../functions/adapters/row-kind.ts';
import type { Key } from '../functions/adapters/table.ts';
import { partitions } from '../functions/contract/table-partitions.ts';

/** The kinds of rows, by how both parts of their keys start. */
export const ROW_KINDS: readonly { pk: string; sk: string; rows: RowKind<unknown> }[] = [
  { pk: partitions.order, sk: 'ORDER', rows: orderRows },
  { pk: partitions.order, sk: 'HISTORY#', rows: historyRows },
  { pk: partitions.notifications, sk: '', rows: notificationRows },
  { pk: partitions.deployments, sk: 'SERVICE#', rows: serviceRecords },
  { pk: partitions.deployments, sk: 'ROUTE#', rows: routeRecords },
];

/** The kind of the row of a key; undefined for one that this release does not know. */
export const rowKindOf = ({ pk, sk }: Key): RowKind<unknown> | undefined =>
  ROW_KINDS.find((kind) => pk.startsWith(kind.pk) && sk.startsWith(kind.sk))?.rows;
