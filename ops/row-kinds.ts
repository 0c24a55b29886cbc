import { applicationNameRows, applicationRows } from '../functions/adapters/applications.ts';
import { attemptsRows } from '../functions/adapters/attempts.ts';
import { clientRows } from '../functions/adapters/clients.ts';
import { routeRecords, serviceRecords } from '../functions/adapters/deployment-state.ts';
import { notificationRows } from '../functions/adapters/notification-listing.ts';
import { historyRows } from '../functions/adapters/order-history.ts';
import { orderRows } from '../functions/adapters/order-row.ts';
import type { RowKind } from '../functions/adapters/row-kind.ts';
import { useRows } from '../functions/adapters/session-use.ts';
import type { Key } from '../functions/adapters/table.ts';
import { POINTER, tokenRows } from '../functions/adapters/tokens.ts';
import { COMPLETE_KEY, completeListRows, listedUserRows } from '../functions/adapters/user-list.ts';
import { sessionPointerRows } from '../functions/adapters/user-sessions.ts';
import { loginRows, sourceRows, userRows } from '../functions/adapters/users.ts';
import { partitions } from '../functions/contract/table-partitions.ts';

/** The kinds of rows, by how both parts of their keys start. */
export const ROW_KINDS: readonly { pk: string; sk: string; rows: RowKind<unknown> }[] = [
  { pk: partitions.order, sk: 'ORDER', rows: orderRows },
  { pk: partitions.order, sk: 'HISTORY#', rows: historyRows },
  { pk: partitions.notifications, sk: '', rows: notificationRows },
  { pk: partitions.deployments, sk: 'SERVICE#', rows: serviceRecords },
  { pk: partitions.deployments, sk: 'ROUTE#', rows: routeRecords },
  { pk: partitions.user, sk: 'USER', rows: userRows },
  { pk: partitions.user, sk: POINTER, rows: sessionPointerRows },
  { pk: partitions.users, sk: COMPLETE_KEY.sk, rows: completeListRows },
  { pk: partitions.users, sk: '', rows: listedUserRows },
  { pk: partitions.login, sk: 'LOGIN', rows: loginRows },
  { pk: partitions.login, sk: 'SOURCE#', rows: sourceRows },
  { pk: partitions.token, sk: 'TOKEN', rows: tokenRows },
  { pk: partitions.used, sk: 'USED', rows: useRows },
  { pk: partitions.client, sk: 'CLIENT', rows: clientRows },
  { pk: partitions.applications, sk: 'APPLICATION#', rows: applicationRows },
  { pk: partitions.applications, sk: 'NAME#', rows: applicationNameRows },
  { pk: partitions.attempts, sk: 'ATTEMPTS', rows: attemptsRows },
];

/** The kind of the row of a key; undefined for one that this release does not know. */
export const rowKindOf = ({ pk, sk }: Key): RowKind<unknown> | undefined =>
  ROW_KINDS.find((kind) => pk.startsWith(kind.pk) && sk.startsWith(kind.sk))?.rows;
